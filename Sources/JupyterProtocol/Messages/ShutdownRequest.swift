import JSONCoding

/// End the session (messaging: kernel shutdown).
public struct ShutdownRequest: MessageContent, Equatable {
  public static let messageType = "shutdown_request"
  public static let channel = Channel.control
  public static let direction = Direction.toKernel

  /// A new process follows this one.
  public var restart: Bool

  public init(restart: Bool) { self.restart = restart }

  public init(content: JSON) throws(ProtocolError) {
    restart = try content.field("restart", default: false)
  }

  public var content: JSON.Object { ["restart": .bool(restart)] }
}
