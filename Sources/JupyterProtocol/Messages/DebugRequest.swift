import JSONCoding

/// A request of the Debug Adapter Protocol (messaging: debug request). The content is passed on as
/// it is: the adapter, not the kernel, knows the commands.
public struct DebugRequest: MessageContent, Equatable {
  public static let messageType = "debug_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public var content: JSON.Object

  public init(_ content: JSON.Object) { self.content = content }

  public init(content: JSON) throws(ProtocolError) {
    let command: String = try content.field("command")
    guard let members = content.object, !command.isEmpty else {
      throw .badField("command", expected: "the name of a command")
    }
    self.content = members
  }
}
