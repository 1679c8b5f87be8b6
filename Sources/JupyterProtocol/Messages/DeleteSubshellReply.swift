import JSONCoding

/// The subshell is gone (JEP 91).
public struct DeleteSubshellReply: MessageContent, Equatable {
  public static let messageType = "delete_subshell_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { ["status": "ok"] }
}
