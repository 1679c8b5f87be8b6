import JSONCoding

/// Stop the running cell (messaging: kernel interrupt).
public struct InterruptRequest: MessageContent, Equatable {
  public static let messageType = "interrupt_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
