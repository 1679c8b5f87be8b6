import JSONCoding

/// The open comms by id (messaging: comm info).
public struct CommInfoReply: MessageContent, Equatable {
  public static let messageType = "comm_info_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  /// Target names by comm id.
  public var comms: [String: String]

  public init(comms: [String: String]) { self.comms = comms }

  public init(content: JSON) throws(ProtocolError) {
    let members: JSON.Object = try content.field("comms")
    comms = [:]
    for (id, comm) in members { comms[id] = try comm.field("target_name") }
  }

  public var content: JSON.Object {
    var members = JSON.Object()
    for (id, target) in comms.sorted(by: { $0.key < $1.key }) {
      members[id] = ["target_name": .string(target)]
    }
    return ["status": "ok", "comms": .object(members)]
  }
}
