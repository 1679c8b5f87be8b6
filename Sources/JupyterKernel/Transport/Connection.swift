import JSONCoding
import JupyterProtocol

/// Where the kernel listens and how its messages are signed: what a connection file says.
public struct Connection: Sendable, Equatable {
  public enum Transport: String, Sendable {
    case tcp, ipc
  }

  public var transport: Transport
  /// An address for tcp (`127.0.0.1`, `::1`, `*`); the start of a path for ipc.
  public var ip: String
  /// For tcp; 0 takes a free port. For ipc the number that ends the path.
  public var shellPort: Int
  public var iopubPort: Int
  public var stdinPort: Int
  public var controlPort: Int
  public var heartbeatPort: Int
  /// The key of the signatures; empty for none.
  public var key: String
  /// The pair of keys for CURVE encryption, in Z85; nil for plain sockets.
  public var curve: CurveKeys?

  public struct CurveKeys: Sendable, Equatable {
    public var publicKey: String
    public var secretKey: String

    public init(publicKey: String, secretKey: String) {
      self.publicKey = publicKey
      self.secretKey = secretKey
    }
  }

  /// A connection to this machine alone, on free ports.
  public init(key: String) {
    transport = .tcp
    ip = "127.0.0.1"
    (shellPort, iopubPort, stdinPort, controlPort, heartbeatPort) = (0, 0, 0, 0, 0)
    self.key = key
    curve = nil
  }

  /// Reads a connection file.
  public init(path: String) throws(KernelError) {
    try self.init(json: Self.read(path), path: path)
  }

  /// Reads the content of a connection file.
  /// - Parameter path: its name, for the error messages.
  public init(json: JSON, path: String) throws(KernelError) {
    func text(_ name: String, _ fallback: String?) throws(KernelError) -> String {
      let value = json[name]
      if let text = value?.string { return text }
      if value == nil, let fallback { return fallback }
      throw .badConnectionFile(path, "\"\(name)\" must be a string")
    }
    func port(_ name: String) throws(KernelError) -> Int {
      if let port = json[name]?.int, (0...65_535).contains(port) { return port }
      throw .badConnectionFile(path, "\"\(name)\" must be a port, 0 to 65535")
    }
    guard json.object != nil else { throw .badConnectionFile(path, "it holds no JSON object") }
    let name = try text("transport", "tcp")
    guard let transport = Transport(rawValue: name) else {
      throw .badConnectionFile(path, "the transport \"\(name)\" is not known; it can be tcp or ipc")
    }
    self.transport = transport
    ip = try text("ip", "127.0.0.1")
    shellPort = try port("shell_port")
    iopubPort = try port("iopub_port")
    stdinPort = try port("stdin_port")
    controlPort = try port("control_port")
    heartbeatPort = try port("hb_port")
    key = try text("key", "")
    let scheme = try text("signature_scheme", "hmac-sha256")
    guard scheme == "hmac-sha256" || key.isEmpty else {
      throw .badConnectionFile(
        path, "the signature scheme \"\(scheme)\" is not known; it can be hmac-sha256")
    }
    switch (json["curve_publickey"]?.string, json["curve_secretkey"]?.string) {
    case (let publicKey?, let secretKey?):
      curve = CurveKeys(publicKey: publicKey, secretKey: secretKey)
    case (nil, nil): curve = nil
    default:
      throw .badConnectionFile(path, "it has one of curve_publickey and curve_secretkey; give both")
    }
  }

  /// The connection as the content of a connection file.
  public var json: JSON {
    var members: JSON.Object = [
      "transport": .string(transport.rawValue), "ip": .string(ip),
      "shell_port": .int(shellPort), "iopub_port": .int(iopubPort), "stdin_port": .int(stdinPort),
      "control_port": .int(controlPort), "hb_port": .int(heartbeatPort), "key": .string(key),
      "signature_scheme": "hmac-sha256",
    ]
    if let curve {
      members["curve_publickey"] = .string(curve.publicKey)
      members["curve_secretkey"] = .string(curve.secretKey)
    }
    return .object(members)
  }

  /// What to bind for `port`.
  func endpoint(_ port: Int) -> String {
    switch transport {
    case .ipc: return "ipc://\(ip)-\(port)"
    case .tcp:
      let address = ip.contains(":") ? "[\(ip)]" : ip
      return port == 0 ? "tcp://\(address):*" : "tcp://\(address):\(port)"
    }
  }

  private static func read(_ path: String) throws(KernelError) -> JSON {
    guard let bytes = readFile(path) else { throw .unreadable(path) }
    do {
      return try JSON.parse(bytes)
    } catch {
      throw .badConnectionFile(path, error.description)
    }
  }
}
