import CZeroMQ
import Glibc
import JSONCoding
import JupyterProtocol

/// The handshake by which a kernel picks its own ports and tells them to who started it (JEP 66),
/// instead of being given ports that somebody else may have taken meanwhile.
///
/// The launcher listens at an address of the registration file:
///
///     {"transport": "tcp", "registration_ip": "127.0.0.1", "registration_port": 40001,
///      "signature_scheme": "hmac-sha256", "key": "...", "kernel_id": "..."}
///
/// The kernel binds its sockets to free ports, sends these in one signed frame, and waits for a signed
/// answer.
public struct Registration: Sendable {
  /// How long the launcher has to answer, in seconds.
  private static let patience = 5.0

  let kernelID: String
  let ip: String
  let port: Int
  let key: String

  public init(path: String) throws(KernelError) {
    guard let bytes = readFile(path) else { throw .unreadable(path) }
    let json: JSON
    do { json = try JSON.parse(bytes) } catch { throw .badConnectionFile(path, error.description) }
    guard json.object != nil else { throw .badConnectionFile(path, "it holds no JSON object") }
    let transport = json["transport"]?.string ?? "tcp"
    guard transport == "tcp" else {
      throw .badConnectionFile(path, "a registration goes over tcp, not \(transport)")
    }
    // The proposal and the specification name the address differently.
    ip = json["registration_ip"]?.string ?? json["ip"]?.string ?? "127.0.0.1"
    guard let port = json["registration_port"]?.int, (1...65_535).contains(port) else {
      throw .badConnectionFile(path, "\"registration_port\" must be a port, 1 to 65535")
    }
    self.port = port
    key = json["key"]?.string ?? ""
    let scheme = json["signature_scheme"]?.string ?? "hmac-sha256"
    guard scheme == "hmac-sha256" || key.isEmpty else {
      throw .badConnectionFile(
        path, "the signature scheme \"\(scheme)\" is not known; it can be hmac-sha256")
    }
    kernelID = json["kernel_id"]?.string ?? "\(getpid())"
  }

  /// A connection on free ports of this machine, under the launcher's key.
  var connection: Connection {
    var connection = Connection(key: key)
    connection.ip = ip == "*" || ip.isEmpty ? "127.0.0.1" : ip
    return connection
  }

  /// Tells the launcher the ports, and waits for its answer.
  func announce(_ connection: Connection) throws(KernelError) {
    do throws(ZeroMQError) {
      let context = try ZeroMQContext()
      let socket = try ZeroMQSocket(context, .dealer)
      defer {
        socket.close()
        context.terminate()
      }
      try socket.set(ZMQ_LINGER, Int32(1000))
      let address = ip.contains(":") ? "[\(ip)]" : ip
      try socket.connect("tcp://\(address):\(port)")
      let content: JSON.Object = [
        "kernel_id": .string(kernelID), "shell_port": .int(connection.shellPort),
        "iopub_port": .int(connection.iopubPort), "stdin_port": .int(connection.stdinPort),
        "control_port": .int(connection.controlPort), "hb_port": .int(connection.heartbeatPort),
      ]
      let signer = MessageSigner(key: Array(key.utf8))
      let bytes = content.write()
      socket.send([WireMessage.delimiter, signer.sign([bytes]), bytes])
      let end = monotonicSeconds() + Self.patience
      while monotonicSeconds() < end {
        guard let frames = socket.receive(seconds: end - monotonicSeconds()) else { break }
        guard let place = frames.firstIndex(of: WireMessage.delimiter), frames.count > place + 2,
          key.isEmpty || frames[place + 1] == signer.sign([frames[place + 2]])
        else { continue }
        return
      }
    } catch {
      throw .transport(error.description)
    }
    throw .notRegistered("\(ip):\(port)")
  }

  /// Writes a connection file, so that other clients can connect as well.
  /// - Returns: its path; nil if it cannot be written, which the launcher need not care about.
  func writeConnectionFile(_ connection: Connection) -> String? {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let folder =
      variable("JUPYTER_RUNTIME_DIR") ?? variable("XDG_RUNTIME_DIR").map { $0 + "/jupyter" }
      ?? variable("HOME").map { $0 + "/.local/share/jupyter/runtime" }
    guard let folder else { return nil }
    mkdir(folder, 0o700)
    let name = String(kernelID.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
    let path = "\(folder)/kernel-\(name).json"
    // The key is in it: for nobody else's eyes.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return writeAll(descriptor, connection.json.write(indent: 1)) ? path : nil
  }
}
