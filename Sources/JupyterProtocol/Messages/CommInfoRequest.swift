import JSONCoding

/// Which comms are open? (messaging: comm info)
public struct CommInfoRequest: MessageContent, Equatable {
  public static let messageType = "comm_info_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  /// Only those of this target; nil for all.
  public var targetName: String?

  public init(targetName: String? = nil) { self.targetName = targetName }

  public init(content: JSON) throws(ProtocolError) { targetName = content["target_name"]?.string }

  public var content: JSON.Object { targetName.map { ["target_name": .string($0)] } ?? [:] }
}
