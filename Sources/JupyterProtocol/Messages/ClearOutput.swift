import JSONCoding

/// Take away what the cell has shown (messaging: clear output).
public struct ClearOutput: MessageContent, Equatable {
  public static let messageType = "clear_output"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  /// Not yet, but when the next output comes.
  public var wait: Bool

  public init(wait: Bool) { self.wait = wait }

  public init(content: JSON) throws(ProtocolError) {
    wait = try content.field("wait", default: false)
  }

  public var content: JSON.Object { ["wait": .bool(wait)] }
}
