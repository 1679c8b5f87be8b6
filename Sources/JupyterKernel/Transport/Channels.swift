import CZeroMQ
import JupyterProtocol

/// The bound sockets of a kernel. All but the heartbeat belong to the IO thread.
final class Channels {
  let shell: ZeroMQSocket
  let control: ZeroMQSocket
  let stdin: ZeroMQSocket
  let iopub: ZeroMQSocket
  let heartbeat: ZeroMQSocket
  /// The connection with the ports that were taken.
  let connection: Connection

  /// No message is larger: what would be is cut off by closing the sender's connection.
  private static let largestMessage: Int64 = 512 << 20
  /// On iopub only subscriptions come in, which are a few bytes. libzmq keeps them in a tree with
  /// one level a byte, and walks it recursively: a topic of a megabyte would take all of the stack.
  private static let largestSubscription: Int64 = 2 << 10
  private static let largestBeat: Int64 = 64 << 10
  /// How long a closed socket keeps trying to get rid of what it holds, in milliseconds: long
  /// enough for the reply to a shutdown, short enough for the manager not to lose patience.
  private static let linger: Int32 = 1000

  init(_ context: ZeroMQContext, _ connection: Connection) throws(ZeroMQError) {
    func open(_ kind: ZeroMQSocket.Kind, largest: Int64) throws(ZeroMQError) -> ZeroMQSocket {
      let socket = try ZeroMQSocket(context, kind)
      try socket.set(ZMQ_LINGER, Self.linger)
      try socket.set(ZMQ_MAXMSGSIZE, largest)
      // Never drop what we send (the default drops above 1000 messages); `OutputBudget` bounds it.
      try socket.set(ZMQ_SNDHWM, Int32(0))
      if connection.ip.contains(":") || connection.ip == "*" { try socket.set(ZMQ_IPV6, Int32(1)) }
      if kind == .router {
        // A client that reconnects with its old identity takes its place over.
        try socket.set(ZMQ_ROUTER_HANDOVER, Int32(1))
      } else {
        // Tell of each subscriber, not only of the first to a topic: each is welcomed.
        try socket.set(ZMQ_XPUB_VERBOSE, Int32(1))
      }
      if let curve = connection.curve {
        try socket.set(ZMQ_CURVE_SERVER, Int32(1))
        try socket.set(ZMQ_CURVE_SECRETKEY, curve.secretKey)
        try socket.set(ZMQ_CURVE_PUBLICKEY, curve.publicKey)
      }
      return socket
    }
    shell = try open(.router, largest: Self.largestMessage)
    control = try open(.router, largest: Self.largestMessage)
    stdin = try open(.router, largest: Self.largestMessage)
    heartbeat = try open(.router, largest: Self.largestBeat)
    iopub = try open(.xpub, largest: Self.largestSubscription)
    var bound = connection
    bound.shellPort = try Self.bind(shell, connection.shellPort, connection)
    bound.controlPort = try Self.bind(control, connection.controlPort, connection)
    bound.stdinPort = try Self.bind(stdin, connection.stdinPort, connection)
    bound.heartbeatPort = try Self.bind(heartbeat, connection.heartbeatPort, connection)
    bound.iopubPort = try Self.bind(iopub, connection.iopubPort, connection)
    self.connection = bound
  }

  /// Closes the sockets of the IO thread; the heartbeat thread closes its own.
  func close() {
    for socket in [shell, control, stdin, iopub] { socket.close() }
  }

  subscript(channel: Channel) -> ZeroMQSocket {
    switch channel {
    case .shell: shell
    case .control: control
    case .stdin: stdin
    case .iopub: iopub
    }
  }

  private static func bind(
    _ socket: ZeroMQSocket, _ port: Int, _ connection: Connection
  ) throws(ZeroMQError) -> Int {
    let endpoint = try socket.bind(connection.endpoint(port))
    if connection.transport == .ipc { return port }
    return endpoint.split(separator: ":").last.flatMap { Int($0) } ?? port
  }
}
