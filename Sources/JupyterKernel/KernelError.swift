/// Why the kernel could not start.
public enum KernelError: Error, Equatable, CustomStringConvertible {
  /// The connection file cannot be read.
  case unreadable(String)
  /// It can, but does not say what it should.
  case badConnectionFile(String, String)
  /// A socket could not be opened.
  case transport(String)
  /// Who started the kernel does not answer the message with its ports.
  case notRegistered(String)
  /// A thread could not be started.
  case noThread(String)

  public var description: String {
    switch self {
    case .unreadable(let path):
      "cannot read the connection file \(path); "
        + "Jupyter makes it and gives its path when it starts a kernel"
    case .badConnectionFile(let path, let problem): "the connection file \(path): \(problem)"
    case .transport(let problem):
      "cannot open the kernel's sockets: \(problem); is another kernel using this connection file?"
    case .notRegistered(let address):
      "the kernel told its ports to \(address), and no signed answer came within 5 seconds"
    case .noThread(let name): "the system gives no thread for \(name); are too many running?"
    }
  }
}
