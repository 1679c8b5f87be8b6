import JSONCoding

/// Should Enter run this code? (messaging: code completeness)
public struct IsCompleteRequest: MessageContent, Equatable {
  public static let messageType = "is_complete_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public var code: String

  public init(code: String) { self.code = code }

  public init(content: JSON) throws(ProtocolError) { code = try content.field("code") }

  public var content: JSON.Object { ["code": .string(code)] }
}
