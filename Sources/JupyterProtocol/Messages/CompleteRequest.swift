import JSONCoding

/// Which names could stand at the cursor? (messaging: completion)
public struct CompleteRequest: MessageContent, Equatable {
  public static let messageType = "complete_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public var code: String
  /// Where the cursor stands, in Unicode scalars from the start of `code`; never outside of it.
  public var cursor: Int

  public init(code: String, cursor: Int) {
    self.code = code
    self.cursor = min(max(0, cursor), code.unicodeScalars.count)
  }

  public init(content: JSON) throws(ProtocolError) {
    let code: String = try content.field("code")
    self.init(code: code, cursor: try content.field("cursor_pos", default: Int.max))
  }

  public var content: JSON.Object { ["code": .string(code), "cursor_pos": .int(cursor)] }
}
