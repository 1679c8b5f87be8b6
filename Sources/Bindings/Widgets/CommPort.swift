import Display
import JSONCoding
import Language

/// Where comms of the language go: the kernel. A machine in a terminal has none.
public protocol CommPort: AnyObject {
  func send(_ event: CommSignal)
  /// Deals with what has come in, if a cell runs and callbacks may run here.
  func drain()
}

/// A message of a comm, in whichever direction.
public struct CommSignal: Sendable {
  public enum Kind: Sendable {
    case open(target: String)
    case message, close
  }

  public var kind: Kind
  public var id: String
  public var data: JSON.Object
  public var metadata: JSON.Object
  public var buffers: [[UInt8]]

  public init(
    _ kind: Kind, id: String, data: JSON.Object = [:], metadata: JSON.Object = [:],
    buffers: [[UInt8]] = []
  ) {
    self.kind = kind
    self.id = id
    self.data = data
    self.metadata = metadata
    self.buffers = buffers
  }
}

/// What answers the messages of one comm.
protocol CommHandler: AnyObject {
  func received(_ signal: CommSignal, _ machine: Machine) throws
  func closed(_ signal: CommSignal, _ machine: Machine) throws
}

/// The comms of a session: what is open, and who wants new ones.
final class CommRegistry {
  weak var port: (any CommPort)?
  /// By id. They live until they are closed, as the front end may speak to them at any time.
  var open: [String: any CommHandler] = [:]
  /// Callbacks of the language by target name: `callback(comm, message)`.
  var targets: [String: Value] = [:]
  /// Targets that the library itself serves.
  var services: [String: (CommSignal, Machine) throws -> (any CommHandler)?] = [:]

  /// An id as other kernels make them: 32 hexadecimal digits.
  static func newID() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension Machine {
  var comms: CommRegistry {
    if let known = extensions["comms"] as? CommRegistry { return known }
    let made = CommRegistry()
    made.services["jupyter.widget.control"] = { signal, machine in
      WidgetControl(id: signal.id)
    }
    extensions["comms"] = made
    return made
  }

  /// The kernel's side of comms; nil in a machine without one.
  public var commPort: (any CommPort)? {
    get { comms.port }
    set { comms.port = newValue }
  }

  /// Deals with a message that has come in.
  /// - Returns: false when nobody knows the comm or its target.
  public func receive(_ signal: CommSignal) throws -> Bool {
    switch signal.kind {
    case .open(let target):
      if let service = comms.services[target] {
        guard let handler = try service(signal, self) else { return false }
        comms.open[signal.id] = handler
        return true
      }
      guard let callback = comms.targets[target] else { return false }
      let comm = CommObject(type(CommDoor.comm))
      comm.id = signal.id
      comm.target = target
      comms.open[signal.id] = comm
      _ = try call(callback, [.object(comm), CommDoor.message(signal)])
      return true
    case .message:
      guard let handler = comms.open[signal.id] else { return false }
      try handler.received(signal, self)
      return true
    case .close:
      guard let handler = comms.open.removeValue(forKey: signal.id) else { return false }
      try handler.closed(signal, self)
      return true
    }
  }
}

/// JSON as values of the language.
enum JSONValue {
  static func value(_ json: JSON) -> Value {
    switch json {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .double(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let items): return .list(items.map(value))
    case .object(let members):
      let dict = DictObject()
      for (key, member) in members { dict[key] = value(member) }
      return .object(dict)
    }
  }
}
