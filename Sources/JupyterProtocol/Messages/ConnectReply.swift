import JSONCoding

/// The ports of the five channels (messaging: connect).
public struct ConnectReply: MessageContent, Equatable {
  public static let messageType = "connect_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  public var shell: Int
  public var iopub: Int
  public var stdin: Int
  public var heartbeat: Int
  public var control: Int

  public init(shell: Int, iopub: Int, stdin: Int, heartbeat: Int, control: Int) {
    self.shell = shell
    self.iopub = iopub
    self.stdin = stdin
    self.heartbeat = heartbeat
    self.control = control
  }

  public init(content: JSON) throws(ProtocolError) {
    shell = try content.field("shell_port")
    iopub = try content.field("iopub_port")
    stdin = try content.field("stdin_port")
    heartbeat = try content.field("hb_port")
    control = try content.field("control_port")
  }

  public var content: JSON.Object {
    [
      "status": "ok", "shell_port": .int(shell), "iopub_port": .int(iopub),
      "stdin_port": .int(stdin), "hb_port": .int(heartbeat), "control_port": .int(control),
    ]
  }
}
