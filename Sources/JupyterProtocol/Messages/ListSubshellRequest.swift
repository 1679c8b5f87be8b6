import JSONCoding

/// Which subshells are there? (JEP 91)
public struct ListSubshellRequest: MessageContent, Equatable {
  public static let messageType = "list_subshell_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
