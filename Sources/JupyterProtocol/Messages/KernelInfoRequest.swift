import JSONCoding

/// Who are you? (messaging: kernel info)
public struct KernelInfoRequest: MessageContent, Equatable {
  public static let messageType = "kernel_info_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
