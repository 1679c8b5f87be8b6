import CSQLite
import Glibc

/// A failed call of SQLite.
struct DatabaseError: Error, CustomStringConvertible {
  let description: String
}

/// A connection to a SQLite database. It belongs to one thread at a time.
final class Database {
  private let handle: OpaquePointer
  /// Compiled statements by their text: the same few are used again and again.
  private var statements: [String: OpaquePointer] = [:]

  enum Value {
    case null
    case int(Int)
    case text(String)

    var int: Int? { if case .int(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  /// - Parameters:
  ///   - path: a file, made if it is not there; ":memory:" for none.
  ///   - patience: how long a call waits for another process that writes, in milliseconds.
  init(_ path: String, patience: Int32) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let failure = sqlite3_open_v2(path, &opened, flags, nil)
    guard failure == SQLITE_OK, let opened else {
      let reason = opened.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      sqlite3_close_v2(opened)
      throw DatabaseError(description: reason ?? "error \(failure)")
    }
    handle = opened
    sqlite3_busy_timeout(handle, patience)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// The id of the row that was inserted last.
  var lastRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// Makes `name(pattern, text)` a function of statements: true where the pattern matches.
  func addMatcher(_ name: String) throws(DatabaseError) {
    let failure = sqlite3_create_function(
      handle, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
      { context, count, values in
        guard count == 2, let values, let pattern = sqlite3_value_text(values[0]),
          let text = sqlite3_value_text(values[1])
        else { return sqlite3_result_int(context, 0) }
        let isMatch = Glob(String(cString: pattern)).matches(String(cString: text))
        sqlite3_result_int(context, isMatch ? 1 : 0)
      }, nil, nil)
    if failure != SQLITE_OK { throw error() }
  }

  /// Runs statements that give nothing.
  func run(_ text: String, _ parameters: [Value] = []) throws(DatabaseError) {
    _ = try rows(text, parameters)
  }

  /// Runs a statement: the rows that it gives.
  func rows(_ text: String, _ parameters: [Value] = []) throws(DatabaseError) -> [[Value]] {
    let statement = try prepared(text)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (i, parameter) in parameters.enumerated() {
      let place = Int32(i + 1)
      switch parameter {
      case .null: sqlite3_bind_null(statement, place)
      case .int(let number): sqlite3_bind_int64(statement, place, Int64(number))
      case .text(var text):
        // SQLite copies it before the call returns: the destructor -1 (SQLITE_TRANSIENT), which is a
        // macro that Swift does not see.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { bytes in
            _ = sqlite3_bind_text(
              statement, place, bytes.baseAddress ?? Self.empty, Int32(clamping: bytes.count),
              transient)
          }
        }
      }
    }
    var result: [[Value]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        result.append((0..<sqlite3_column_count(statement)).map { Self.value(statement, $0) })
      case SQLITE_DONE: return result
      default: throw error()
      }
    }
  }

  nonisolated(unsafe) private static let empty = UnsafePointer(strdup(""))

  private static func value(_ statement: OpaquePointer, _ column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .int(Int(sqlite3_column_int64(statement, column)))
    case SQLITE_NULL: return .null
    default:
      guard let text = sqlite3_column_text(statement, column) else { return .null }
      let count = Int(sqlite3_column_bytes(statement, column))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    }
  }

  private func prepared(_ text: String) throws(DatabaseError) -> OpaquePointer {
    if let known = statements[text] { return known }
    var made: OpaquePointer?
    guard sqlite3_prepare_v2(handle, text, -1, &made, nil) == SQLITE_OK, let made else {
      throw error()
    }
    statements[text] = made
    return made
  }

  private func error() -> DatabaseError {
    DatabaseError(description: String(cString: sqlite3_errmsg(handle)))
  }
}
