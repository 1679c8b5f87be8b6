import JSONCoding

/// One side opens a comm, a private line between a widget and its other half (messaging: comms).
public struct CommOpen: MessageContent, Equatable {
  public static let messageType = "comm_open"
  public static let channel = Channel.shell
  public static let direction = Direction.both

  public var commID: String
  public var targetName: String
  public var data: JSON.Object

  public init(commID: String, targetName: String, data: JSON.Object) {
    self.commID = commID
    self.targetName = targetName
    self.data = data
  }

  public init(content: JSON) throws(ProtocolError) {
    commID = try content.field("comm_id")
    targetName = try content.field("target_name")
    data = try content.field("data", default: [:])
  }

  public var content: JSON.Object {
    ["comm_id": .string(commID), "target_name": .string(targetName), "data": .object(data)]
  }
}
