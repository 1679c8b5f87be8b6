import JSONCoding

/// What is the thing at the cursor? (messaging: introspection)
public struct InspectRequest: MessageContent, Equatable {
  public static let messageType = "inspect_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public var code: String
  /// Where the cursor stands, in Unicode scalars from the start of `code`; never outside of it.
  public var cursor: Int
  /// 0 for help, 1 for more (`name??`).
  public var detail: Int

  public init(code: String, cursor: Int, detail: Int = 0) {
    self.code = code
    self.cursor = min(max(0, cursor), code.unicodeScalars.count)
    self.detail = min(max(0, detail), 1)
  }

  public init(content: JSON) throws(ProtocolError) {
    let code: String = try content.field("code")
    self.init(
      code: code, cursor: try content.field("cursor_pos", default: Int.max),
      detail: try content.field("detail_level", default: 0))
  }

  public var content: JSON.Object {
    ["code": .string(code), "cursor_pos": .int(cursor), "detail_level": .int(detail)]
  }
}
