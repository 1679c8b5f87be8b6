import JSONCoding

/// Makes a subshell (JEP 91).
public struct CreateSubshellRequest: MessageContent, Equatable {
  public static let messageType = "create_subshell_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  public init() {}

  public init(content: JSON) throws(ProtocolError) {}

  public var content: JSON.Object { [:] }
}
