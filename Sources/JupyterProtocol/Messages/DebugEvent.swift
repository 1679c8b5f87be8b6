import JSONCoding

/// An event of the debug adapter: stopped, continued, initialized (messaging: debug event).
public struct DebugEvent: MessageContent, Equatable {
  public static let messageType = "debug_event"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var content: JSON.Object

  public init(_ content: JSON.Object) { self.content = content }

  public init(content: JSON) throws(ProtocolError) {
    guard let members = content.object else { throw .notAnObject(part: "content") }
    self.content = members
  }
}
