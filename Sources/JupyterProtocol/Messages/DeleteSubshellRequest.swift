import JSONCoding

/// Takes a subshell away (JEP 91).
public struct DeleteSubshellRequest: MessageContent, Equatable {
  public static let messageType = "delete_subshell_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public var subshellID: String

  public init(subshellID: String) { self.subshellID = subshellID }

  public init(content: JSON) throws(ProtocolError) { subshellID = try content.field("subshell_id") }

  public var content: JSON.Object { ["subshell_id": .string(subshellID)] }
}
