import JSONCoding

/// The interrupt has been passed on; the cell itself answers when it has stopped.
public struct InterruptReply: MessageContent, Equatable {
  public static let messageType = "interrupt_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { ["status": "ok"] }
}
