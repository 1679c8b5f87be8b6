import JSONCoding

/// The id of the new subshell (JEP 91).
public struct CreateSubshellReply: MessageContent, Equatable {
  public static let messageType = "create_subshell_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  public var subshellID: String

  public init(subshellID: String) { self.subshellID = subshellID }

  public init(content: JSON) throws(ProtocolError) { subshellID = try content.field("subshell_id") }

  public var content: JSON.Object { ["status": "ok", "subshell_id": .string(subshellID)] }
}
