import Foundation
import Frames
import Language

/// Errors of frames as exceptions of the language, and pandas' own classes of them.
enum PandasErrors {
  /// `pandas.errors`: each class with what it derives from.
  private static let classes: [(name: String, base: ExceptionKind)] = [
    ("ParserError", .valueError), ("EmptyDataError", .valueError), ("MergeError", .valueError),
    ("IntCastingNaNError", .valueError), ("OutOfBoundsDatetime", .valueError),
    ("DateParseError", .valueError), ("IndexingError", .exception), ("DataError", .exception),
    ("SpecificationError", .exception), ("OptionError", .attributeError),
    ("UndefinedVariableError", .nameError), ("UnsortedIndexError", .keyError),
    ("InvalidIndexError", .exception), ("DuplicateLabelError", .valueError),
    ("DtypeWarning", .warning), ("PerformanceWarning", .warning),
    ("SettingWithCopyWarning", .warning),
  ]

  static let module = ModuleTable(
    "pandas.errors", doc: "Errors of tables.",
    entries: classes.map { row in
      .value(name: row.name, doc: "An error of pandas' own.") { machine in
        .object(machine.pandasException(row.name))
      }
    })

  static func base(_ name: String) -> ExceptionKind {
    classes.first { $0.name == name }?.base ?? .valueError
  }

  static func raise(_ error: FrameError, _ machine: Machine) -> Raise {
    switch error {
    case .noLabel(let label, let nearest):
      let raise = Raise(.keyError, arguments: [machine.value(label)])
      raise.hint = nearest.map { "Did you mean '\($0)'?" }
      return raise
    case .raised(let kind, let text):
      switch kind {
      case .castingNaN: return Raise(machine.exceptionRaise("IntCastingNaNError", text))
      case .dateParse: return Raise(machine.exceptionRaise("DateParseError", text))
      case .merge: return Raise(machine.exceptionRaise("MergeError", text))
      default: return Raise(exceptionKind(kind), text)
      }
    case .fileNotFound(let path): return SystemError.raise(ENOENT, path)
    case .isDirectory(let path): return SystemError.raise(EISDIR, path)
    default: return Raise(exceptionKind(error), error.description)
    }
  }

  private static func exceptionKind(_ error: FrameError) -> ExceptionKind {
    switch error {
    case .notReadable, .notWritable: .osError
    case .unknownColumn: .keyError
    case .columnTooLarge, .fileTooLarge: .memoryError
    default: .valueError
    }
  }

  private static func exceptionKind(_ kind: FrameError.Kind) -> ExceptionKind {
    switch kind {
    case .value, .castingNaN, .dateParse, .merge: .valueError
    case .type: .typeError
    case .index: .indexError
    case .attribute: .attributeError
    case .key: .keyError
    case .notImplemented: .notImplementedError
    }
  }
}

extension Machine {
  /// A class of `pandas.errors`.
  func pandasException(_ name: String) -> TypeObject {
    exceptionType(name, module: "pandas.errors", base: PandasErrors.base(name))
  }

  /// An error of pandas' own classes.
  func exceptionRaise(_ name: String, _ text: String) -> ExceptionObject {
    let exception = ExceptionObject(pandasException(name))
    exception.arguments = [.string(text)]
    return exception
  }
}
