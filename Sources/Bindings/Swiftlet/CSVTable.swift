import Display
import Frames
import Language
import TensorCore

/// `read_csv(path)`: a file of comma-separated values as a table whose columns are arrays.
enum CSVTable {
  static let row = Native(
    "read_csv(path: str, sep: str | None = None, rows: int | None = None)",
    "Reads a CSV file into a table; the separator is found out unless it is given."
  ) { a in
    var separator: UInt8?
    if let text = try a.optionalString(1) {
      guard text.utf8.count == 1, let byte = text.utf8.first else {
        throw Raise(.valueError, "read_csv(): sep must be one character, got '\(text)'")
      }
      separator = byte
    }
    let frame = try Frame.readCSV(
      path: try a.string(0), CSVOptions(separator: separator, maxRows: try a.optionalInt(2)))
    let object = TableObject(a.machine.type(TableObject.table))
    object.frame = frame
    object.content = table(frame)
    return .object(object)
  }

  /// A frame for reading.
  static func table(_ frame: Frame) -> Table {
    Table(
      zip(frame.names, frame.columns).map { name, column in
        Table.Column(name, cells: (0..<column.count).map { cell(column[$0]) })
      })
  }

  private static func cell(_ cell: Frames.Cell) -> Table.Cell {
    switch cell {
    case .missing: .missing("NaN")
    case .int(let number): .int(number)
    case .float(let number): number.isNaN ? .missing("NaN") : .double(number)
    case .bool(let flag): .bool(flag)
    case .string(let text): .text(text)
    default: cell.isMissing ? .missing(cell.shown) : .text(cell.shown)
    }
  }

  /// A column as an array, or as a list where it holds texts.
  static func values(_ column: Frames.Column, _ machine: Machine) throws -> Value {
    switch column {
    case .int(let numbers): return try machine.ndarray(numbers)
    case .float(let numbers): return try machine.ndarray(numbers)
    default:
      return .list(
        (0..<column.count).map { row in
          switch column[row] {
          case .bool(let flag): .bool(flag)
          case .string(let text): .string(text)
          default: .none
          }
        })
    }
  }

  /// The methods of a table that came from a file.
  static let methods: [Native] = [
    Native("__getitem__(self, name)", "The values of a column.") { a in
      let frame = try frame(a)
      return try values(try frame.column(try a.string(1)), a.machine)
    },
    Native("__len__(self)", "The number of rows.") { a in .int(try frame(a).rowCount) },
    Native("head(self, n: int = 5)", "The first rows.") { a in
      let object = TableObject(a.machine.type(TableObject.table))
      let part = try frame(a).head(try a.int(1))
      object.frame = part
      object.content = table(part)
      return .object(object)
    },
  ]

  static let properties: [NativeProperty] = [
    NativeProperty("columns", "The names of the columns.") { value, _ in
      .list(((value.asInstance as? TableObject)?.frame?.names ?? []).map { .string($0) })
    },
    NativeProperty("shape", "Rows and columns.") { value, _ in
      let frame = (value.asInstance as? TableObject)?.frame
      return .tuple([.int(frame?.rowCount ?? 0), .int(frame?.columnCount ?? 0)])
    },
  ]

  private static func frame(_ a: Arguments) throws -> Frame {
    if let frame = try a.receiver(TableObject.self).frame { return frame }
    throw Raise(.typeError, "this table is for reading: only one from read_csv has columns to ask for")
  }

  /// Errors of frames as exceptions of the language.
  static func translate(_ error: any Error) -> Raise? {
    guard let error = error as? FrameError else { return nil }
    switch error {
    case .raised(let kind, let text):
      return Raise(PandasErrors.exceptionKind(kind), text)
    case .noLabel(let label, let nearest):
      let raise =
        switch label {
        case .int(let number): Raise(.keyError, arguments: [.int(number)])
        case .float(let number): Raise(.keyError, arguments: [.float(number)])
        default: Raise(.keyError, arguments: [.string(label.shown)])
        }
      raise.hint = nearest.map { "Did you mean '\($0)'?" }
      return raise
    default: break
    }
    let kind: ExceptionKind =
      switch error {
      case .fileNotFound: .fileNotFoundError
      case .isDirectory: .isADirectoryError
      case .notReadable, .notWritable: .osError
      case .unknownColumn: .keyError
      case .columnTooLarge, .fileTooLarge: .memoryError
      default: .valueError
      }
    return Raise(kind, error.description)
  }
}
