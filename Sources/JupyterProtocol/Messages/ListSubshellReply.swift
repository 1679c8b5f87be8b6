import JSONCoding

/// The ids of the subshells, without the main shell (JEP 91).
public struct ListSubshellReply: MessageContent, Equatable {
  public static let messageType = "list_subshell_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  /// In the field "subshell_id", which is singular in the proposal.
  public var subshellIDs: [String]

  public init(subshellIDs: [String]) { self.subshellIDs = subshellIDs }

  public init(content: JSON) throws(ProtocolError) {
    let ids: [JSON] = try content.field("subshell_id")
    subshellIDs = ids.compactMap(\.string)
  }

  public var content: JSON.Object {
    ["status": "ok", "subshell_id": .array(subshellIDs.map { .string($0) })]
  }
}
