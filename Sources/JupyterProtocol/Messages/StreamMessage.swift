import JSONCoding

/// Text that the cell has written (messaging: streams).
public struct StreamMessage: MessageContent, Equatable {
  public static let messageType = "stream"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var name: StreamName
  public var text: String

  public init(name: StreamName, text: String) {
    self.name = name
    self.text = text
  }

  public init(content: JSON) throws(ProtocolError) {
    guard let name = StreamName(rawValue: try content.field("name")) else {
      throw .badField("name", expected: "stdout or stderr")
    }
    self.name = name
    text = try content.field("text")
  }

  public var content: JSON.Object {
    ["name": .string(name.rawValue), "text": .string(text)]
  }
}
