import JSONCoding

/// The kernel asks the person for a line (messaging: stdin).
public struct InputRequest: MessageContent, Equatable {
  public static let messageType = "input_request"
  public static let channel = Channel.stdin
  public static let direction = Direction.fromKernel

  public var prompt: String
  public var password: Bool

  public init(prompt: String, password: Bool) {
    self.prompt = prompt
    self.password = password
  }

  public init(content: JSON) throws(ProtocolError) {
    prompt = try content.field("prompt")
    password = try content.field("password", default: false)
  }

  public var content: JSON.Object {
    ["prompt": .string(prompt), "password": .bool(password)]
  }
}
