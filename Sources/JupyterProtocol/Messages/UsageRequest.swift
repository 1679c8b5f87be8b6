import JSONCoding

/// How much of the machine does the kernel take? Asked by jupyter-resource-usage; not in the
/// specification.
public struct UsageRequest: MessageContent, Equatable {
  public static let messageType = "usage_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
