import JSONCoding

/// A message on an open comm (messaging: comms).
public struct CommMessage: MessageContent, Equatable {
  public static let messageType = "comm_msg"
  public static let channel = Channel.shell
  public static let direction = Direction.both

  public var commID: String
  public var data: JSON.Object

  public init(commID: String, data: JSON.Object) {
    self.commID = commID
    self.data = data
  }

  public init(content: JSON) throws(ProtocolError) {
    commID = try content.field("comm_id")
    data = try content.field("data", default: [:])
  }

  public var content: JSON.Object { ["comm_id": .string(commID), "data": .object(data)] }
}
