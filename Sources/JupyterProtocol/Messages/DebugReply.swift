import JSONCoding

/// The response of the debug adapter (messaging: debug request).
public struct DebugReply: MessageContent, Equatable {
  public static let messageType = "debug_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  public var content: JSON.Object

  public init(_ content: JSON.Object) { self.content = content }

  public init(content: JSON) throws(ProtocolError) {
    guard let members = content.object else { throw .notAnObject(part: "content") }
    self.content = members
  }
}
