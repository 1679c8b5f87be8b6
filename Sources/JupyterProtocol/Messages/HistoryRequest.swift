import JSONCoding

/// What has been typed before? (messaging: history)
public struct HistoryRequest: MessageContent, Equatable {
  public static let messageType = "history_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public enum Access: Sendable, Equatable {
    /// The last `count` cells.
    case tail(count: Int)
    /// Cells `start` up to, not including, `stop` (nil: to the end) of `session`; 0 is this
    /// session, negative ones count back from it.
    case range(session: Int, start: Int, stop: Int?)
    /// The last `count` cells (nil: all) that match the glob `pattern`; `unique` drops repeats.
    case search(pattern: String, count: Int?, unique: Bool)
  }

  public var access: Access
  /// Each input with its output.
  public var output: Bool
  /// As typed, not as a preprocessor made it; the same here.
  public var raw: Bool

  public init(access: Access, output: Bool = false, raw: Bool = true) {
    self.access = access
    self.output = output
    self.raw = raw
  }

  public init(content: JSON) throws(ProtocolError) {
    output = try content.field("output", default: false)
    raw = try content.field("raw", default: true)
    let kind: String = try content.field("hist_access_type", default: "tail")
    let count: Int? = content["n"]?.int
    switch kind {
    case "tail": access = .tail(count: count ?? 0)
    case "range":
      access = .range(
        session: try content.field("session", default: 0),
        start: try content.field("start", default: 1), stop: content["stop"]?.int)
    case "search":
      access = .search(
        pattern: try content.field("pattern", default: "*"), count: count,
        unique: try content.field("unique", default: false))
    default: throw .badField("hist_access_type", expected: "tail, range or search")
    }
  }

  public var content: JSON.Object {
    var content: JSON.Object = ["output": .bool(output), "raw": .bool(raw)]
    switch access {
    case .tail(let count):
      content["hist_access_type"] = "tail"
      content["n"] = .int(count)
    case .range(let session, let start, let stop):
      content["hist_access_type"] = "range"
      content["session"] = .int(session)
      content["start"] = .int(start)
      content["stop"] = stop.map { .int($0) }
    case .search(let pattern, let count, let unique):
      content["hist_access_type"] = "search"
      content["pattern"] = .string(pattern)
      content["n"] = count.map { .int($0) }
      content["unique"] = .bool(unique)
    }
    return content
  }
}
