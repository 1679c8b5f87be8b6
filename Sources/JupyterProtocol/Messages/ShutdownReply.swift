import JSONCoding

/// The session ends now (messaging: kernel shutdown); also broadcast on iopub.
public struct ShutdownReply: MessageContent, Equatable {
  public static let messageType = "shutdown_reply"
  public static let channel = Channel.control
  public static let direction = Direction.fromKernel

  /// A new process follows this one.
  public var restart: Bool

  public init(restart: Bool) { self.restart = restart }

  public init(content: JSON) throws(ProtocolError) {
    restart = try content.field("restart", default: false)
  }

  public var content: JSON.Object { ["status": "ok", "restart": .bool(restart)] }
}
