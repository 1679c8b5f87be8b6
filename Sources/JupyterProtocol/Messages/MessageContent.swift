import JSONCoding

/// The content of one type of message.
///
/// Each conforming type is a file of this folder and a line of `MessageRegistry`. Both directions
/// of the coding exist for all of them, so that a sample from the specification must come through
/// unchanged, and so that tests can play the front end.
public protocol MessageContent: Sendable {
  static var messageType: String { get }
  static var channel: Channel { get }
  static var direction: Direction { get }

  /// Reads the content. Unknown fields are passed over; fields with a default may be missing.
  init(content: JSON) throws(ProtocolError)

  var content: JSON.Object { get }
}

/// The socket that a message type belongs to. Requests of `shell` may also come on `control`.
public enum Channel: String, Sendable, CaseIterable {
  case shell, control, stdin, iopub
}

/// Who sends a message.
public enum Direction: Sendable {
  case toKernel, fromKernel, both
}

// MARK: - Reading fields

extension JSON {
  /// The string `name`, or `default` when it is missing or null.
  /// - Throws: `ProtocolError.badField` when it is something else, or missing without a default.
  func field(_ name: String, default fallback: String? = nil) throws(ProtocolError) -> String {
    switch (self[name], fallback) {
    case (.string(let text), _): return text
    case (nil, let fallback?), (.null, let fallback?): return fallback
    default: throw .badField(name, expected: "a string")
    }
  }

  func field(_ name: String, default fallback: Bool? = nil) throws(ProtocolError) -> Bool {
    switch (self[name], fallback) {
    case (.bool(let flag), _): return flag
    case (nil, let fallback?), (.null, let fallback?): return fallback
    default: throw .badField(name, expected: "true or false")
    }
  }

  /// An integer. Out of the range of `Int` it is clamped to it: the wish was "very many".
  func field(_ name: String, default fallback: Int? = nil) throws(ProtocolError) -> Int {
    switch (self[name], fallback) {
    case (.int(let number), _): return number
    case (.double(let number), _):
      if let whole = Int(exactly: number) { return whole }
      guard number.rounded() == number else { break }
      return number < 0 ? Int.min : Int.max
    case (nil, let fallback?), (.null, let fallback?): return fallback
    default: break
    }
    throw .badField(name, expected: "an integer")
  }

  func field(
    _ name: String, default fallback: JSON.Object? = nil
  ) throws(ProtocolError) -> JSON.Object {
    switch (self[name], fallback) {
    case (.object(let members), _): return members
    case (nil, let fallback?), (.null, let fallback?): return fallback
    default: throw .badField(name, expected: "an object")
    }
  }

  func field(_ name: String, default fallback: [JSON]? = nil) throws(ProtocolError) -> [JSON] {
    switch (self[name], fallback) {
    case (.array(let elements), _): return elements
    case (nil, let fallback?), (.null, let fallback?): return fallback
    default: throw .badField(name, expected: "an array")
    }
  }
}
