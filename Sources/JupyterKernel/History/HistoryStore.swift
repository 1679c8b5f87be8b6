import JupyterProtocol

/// The cells of all sessions, in a SQLite file that the kernels of a person share.
///
/// Tables as IPython has them, so that its tools can read them: `sessions`, `history` (inputs) and
/// `output_history`. Several kernels write at the same time: the file keeps a log beside it (WAL), so
/// that readers never wait for writers, and a writer waits a moment for another one. What still
/// fails (a full disk, a folder that became read-only) is told to the log once and loses history,
/// never a cell.
///
/// It belongs to one thread at a time.
final class HistoryStore {
  /// Longer texts are cut: history is for finding cells again, not a copy of everything.
  private static let longestInput = 1 << 20
  private static let longestOutput = 64 << 10
  /// Milliseconds that a call waits for another kernel.
  private static let patience: Int32 = 2000
  /// Rows that an answer has at most.
  private static let largestAnswer = 100_000

  private let database: Database
  private let log: (String) -> Void
  private var knownSession: Int?
  private var hasFailed = false

  /// - Parameter path: nil for a history that ends with the process.
  /// - Throws: when not even that can be had.
  init(path: String?, log: @escaping (String) -> Void) throws(DatabaseError) {
    self.log = log
    var opened: Database?
    if let path {
      do throws(DatabaseError) {
        opened = try Self.open(path)
      } catch {
        log("the history \(path) cannot be used, this session keeps its own: \(error)")
      }
    }
    if let opened {
      database = opened
    } else {
      database = try Self.open(":memory:")
    }
  }

  private static func open(_ path: String) throws(DatabaseError) -> Database {
    let database = try Database(path, patience: patience)
    // It stays as it is where the file system cannot do it (some network drives).
    _ = try? database.rows("PRAGMA journal_mode = WAL")
    try database.run("PRAGMA synchronous = NORMAL")
    try database.run(
      "CREATE TABLE IF NOT EXISTS sessions (session INTEGER PRIMARY KEY AUTOINCREMENT, "
        + "start TIMESTAMP, end TIMESTAMP, num_cmds INTEGER, remark TEXT)")
    try database.run(
      "CREATE TABLE IF NOT EXISTS history (session INTEGER, line INTEGER, source TEXT, "
        + "source_raw TEXT, PRIMARY KEY (session, line))")
    try database.run(
      "CREATE TABLE IF NOT EXISTS output_history (session INTEGER, line INTEGER, output TEXT, "
        + "PRIMARY KEY (session, line))")
    try database.addMatcher("matches")
    // A file that can be read only shows it here, and not with the first cell.
    try database.run("BEGIN IMMEDIATE")
    try database.run("COMMIT")
    return database
  }

  // MARK: - Writing

  /// Something to remember.
  enum Note: Sendable {
    case input(line: Int, String)
    case output(line: Int, String)
  }

  /// Writes notes down, in one go.
  func write(_ notes: [Note]) {
    if notes.isEmpty { return }
    attempt { () throws(DatabaseError) in
      let session = try session()
      try database.run("BEGIN IMMEDIATE")
      do throws(DatabaseError) {
        for note in notes {
          switch note {
          case .input(let line, let text):
            let text = Database.Value.text(Self.cut(text, to: Self.longestInput))
            try database.run(
              "INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)",
              [.int(session), .int(line), text, text])
          case .output(let line, let text):
            try database.run(
              "INSERT OR REPLACE INTO output_history VALUES (?, ?, ?)",
              [.int(session), .int(line), .text(Self.cut(text, to: Self.longestOutput))])
          }
        }
        try database.run("COMMIT")
      } catch {
        try? database.run("ROLLBACK")
        throw error
      }
    }
  }

  /// The session has ended after `count` cells.
  func close(count: Int) {
    guard let knownSession else { return }
    attempt { () throws(DatabaseError) in
      try database.run(
        "UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?",
        [.text(Timestamp.now.iso8601), .int(count), .int(knownSession)])
    }
  }

  /// The number of this session, which no other kernel has.
  private func session() throws(DatabaseError) -> Int {
    if let knownSession { return knownSession }
    try database.run("INSERT INTO sessions (start) VALUES (?)", [.text(Timestamp.now.iso8601)])
    let session = database.lastRow
    knownSession = session
    return session
  }

  private func attempt(_ body: () throws(DatabaseError) -> Void) {
    do throws(DatabaseError) {
      try body()
    } catch {
      if !hasFailed { log("cells cannot be written into the history: \(error)") }
      hasFailed = true
    }
  }

  private static func cut(_ text: String, to limit: Int) -> String {
    // A character of several bytes at the border becomes a replacement character.
    text.utf8.count <= limit ? text : String(decoding: text.utf8.prefix(limit), as: UTF8.self)
  }

  // MARK: - Reading

  /// What `request` asks for, oldest first (messaging: history).
  /// - Parameter count: the number of the last cell of this session.
  func answer(_ request: HistoryRequest, count: Int) -> HistoryReply {
    do throws(DatabaseError) {
      return HistoryReply(entries: try entries(request, count: count))
    } catch {
      log("the history cannot be read: \(error)")
      return HistoryReply(entries: [])
    }
  }

  private func entries(
    _ request: HistoryRequest, count: Int
  ) throws(DatabaseError) -> [HistoryReply.Entry] {
    let columns =
      "SELECT session, line, source_raw, output FROM history LEFT JOIN output_history "
      + "USING (session, line) "
    let rows: [[Database.Value]]
    switch request.access {
    case .tail(let wanted):
      rows = try database.rows(
        columns + "ORDER BY session DESC, line DESC LIMIT ?", [.int(limited(wanted))]
      ).reversed()
    case .range(let asked, var start, var stop):
      let current = try session()
      let session = asked <= 0 ? current.addingReportingOverflow(asked).partialValue : asked
      if session == current {
        // Of this session negative numbers count from the end, as in IPython.
        if start < 0 { start = max(1, start.addingReportingOverflow(count + 1).partialValue) }
        if let end = stop, end < 0 { stop = end.addingReportingOverflow(count + 1).partialValue }
      }
      rows = try database.rows(
        columns + "WHERE session = ? AND line >= ? AND line < ? ORDER BY line LIMIT ?",
        [.int(session), .int(start), .int(stop ?? Int.max), .int(Self.largestAnswer)])
    case .search(let pattern, let wanted, let unique):
      // Of equal cells the latest one stays; with max() the other columns come from its row.
      let grouping = unique ? "GROUP BY source_raw HAVING max(session * 1000000 + line) " : ""
      rows = try database.rows(
        columns + "WHERE matches(?, source_raw) " + grouping
          + "ORDER BY session DESC, line DESC LIMIT ?",
        [.text(pattern), .int(limited(wanted ?? Int.max))]
      ).reversed()
    }
    return rows.map { row in
      HistoryReply.Entry(
        session: row[0].int ?? 0, line: row[1].int ?? 0, input: row[2].text ?? "",
        output: request.output ? .some(row[3].text) : nil)
    }
  }

  private func limited(_ wanted: Int) -> Int { min(max(0, wanted), Self.largestAnswer) }
}
