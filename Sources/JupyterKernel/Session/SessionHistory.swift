import JupyterProtocol

/// The cells of this session, and their count.
final class SessionHistory: Sendable {
  /// The number of this session, the only one that is known.
  private static let session = 1
  /// Cells beyond this are forgotten, the oldest first.
  private static let limit = 10_000

  private struct Line {
    let number: Int
    let input: String
    var output: String?
  }

  private struct State {
    var count = 0
    var lines: [Line] = []
  }

  private let state = Monitor(State())

  /// The number of the last stored cell.
  var count: Int { state.read { $0.count } }

  /// Counts a cell that is stored.
  /// - Parameter code: nil for a cell that leaves no trace.
  /// - Returns: its number; for one without a trace that of the last stored one.
  func begin(storing code: String?) -> Int {
    state.read { state in
      guard let code else { return state.count }
      state.count += 1
      state.lines.append(Line(number: state.count, input: code))
      if state.lines.count > Self.limit { state.lines.removeFirst(Self.limit / 10) }
      return state.count
    }
  }

  /// The cell `number` has ended, with this text as its result.
  func end(_ number: Int, output: String?) {
    state.read { state in
      guard let place = state.lines.lastIndex(where: { $0.number == number }) else { return }
      state.lines[place].output = output
    }
  }

  /// What `request` asks for, oldest first (messaging: history).
  func answer(_ request: HistoryRequest) -> HistoryReply {
    let lines = state.read { $0.lines }
    let chosen: ArraySlice<Line>
    switch request.access {
    case .tail(let count):
      chosen = lines.suffix(max(0, count))
    case .range(let session, let start, let stop):
      guard session == 0 || session == Self.session else { return HistoryReply(entries: []) }
      let end = stop ?? Int.max
      chosen = lines.filter { $0.number >= start && $0.number < end }[...]
    case .search(let pattern, let count, let unique):
      let glob = Glob(pattern)
      var found = lines.filter { glob.matches($0.input) }
      if unique {
        var seen: Set<String> = []
        // The latest of equal ones stays.
        found = found.reversed().filter { seen.insert($0.input).inserted }.reversed()
      }
      chosen = count.map { found.suffix(max(0, $0)) } ?? found[...]
    }
    return HistoryReply(
      entries: chosen.map { line in
        HistoryReply.Entry(
          session: Self.session, line: line.number, input: line.input,
          output: request.output ? .some(line.output) : nil)
      })
  }
}
