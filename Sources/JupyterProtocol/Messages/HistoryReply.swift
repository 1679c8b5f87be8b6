import JSONCoding

/// Cells of before, oldest first (messaging: history).
public struct HistoryReply: MessageContent, Equatable {
  public static let messageType = "history_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  public struct Entry: Sendable, Equatable {
    public var session: Int
    public var line: Int
    public var input: String
    /// The text of the result; `.some(nil)` when outputs were asked for and there was none.
    public var output: String??

    public init(session: Int, line: Int, input: String, output: String?? = nil) {
      self.session = session
      self.line = line
      self.input = input
      self.output = output
    }
  }

  public var entries: [Entry]

  public init(entries: [Entry]) { self.entries = entries }

  public init(content: JSON) throws(ProtocolError) {
    let rows: [JSON] = try content.field("history")
    entries = []
    for row in rows {
      guard let row = row.array, row.count == 3, let session = row[0].int, let line = row[1].int
      else { throw .badField("history", expected: "triples of session, line and input") }
      if let input = row[2].string {
        entries.append(Entry(session: session, line: line, input: input))
      } else if let pair = row[2].array, pair.count == 2, let input = pair[0].string {
        entries.append(
          Entry(session: session, line: line, input: input, output: .some(pair[1].string)))
      } else {
        throw .badField("history", expected: "an input, or a pair of input and output")
      }
    }
  }

  public var content: JSON.Object {
    let rows = entries.map { entry -> JSON in
      let last: JSON
      if let output = entry.output {
        last = [.string(entry.input), output.map { .string($0) } ?? .null]
      } else {
        last = .string(entry.input)
      }
      return [.int(entry.session), .int(entry.line), last]
    }
    return ["status": "ok", "history": .array(rows)]
  }
}
