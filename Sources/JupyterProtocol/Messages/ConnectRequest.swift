import JSONCoding

/// Which ports do you use? (messaging: connect)
public struct ConnectRequest: MessageContent, Equatable {
  public static let messageType = "connect_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
