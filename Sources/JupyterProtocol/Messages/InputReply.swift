import JSONCoding

/// The line that the person typed (messaging: stdin).
public struct InputReply: MessageContent, Equatable {
  public static let messageType = "input_reply"
  public static let channel = Channel.stdin
  public static let direction = Direction.toKernel

  public var value: String

  public init(value: String) { self.value = value }

  public init(content: JSON) throws(ProtocolError) { value = try content.field("value") }

  public var content: JSON.Object { ["value": .string(value)] }
}
