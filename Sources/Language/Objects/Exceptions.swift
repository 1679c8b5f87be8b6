import Syntax

/// The built-in exception classes. One row each: the case, then its base in `base`.
public enum ExceptionKind: String, CaseIterable, Sendable {
  case baseException, exception, systemExit, keyboardInterrupt, generatorExit
  case arithmeticError, overflowError, zeroDivisionError, floatingPointError
  case assertionError, attributeError, bufferError, eofError, importError, moduleNotFoundError
  case lookupError, indexError, keyError, memoryError, nameError, unboundLocalError
  case osError, fileNotFoundError, fileExistsError, isADirectoryError, notADirectoryError
  case permissionError, timeoutError, connectionError, brokenPipeError
  case runtimeError, notImplementedError, recursionError, stopIteration, stopAsyncIteration
  case syntaxError, indentationError, tabError, systemError, typeError, valueError
  case unicodeError, unicodeDecodeError, unicodeEncodeError, unicodeTranslateError
  case warning, userWarning, deprecationWarning, runtimeWarning, futureWarning, syntaxWarning
  case importWarning, unicodeWarning, bytesWarning, resourceWarning, pendingDeprecationWarning

  public var name: String {
    switch self {
    case .osError: "OSError"
    case .eofError: "EOFError"
    case .isADirectoryError: "IsADirectoryError"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }

  /// The place among all cases: an enum without payloads is its number in one byte.
  @inline(__always) var number: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  var base: ExceptionKind? {
    switch self {
    case .baseException: nil
    case .exception, .systemExit, .keyboardInterrupt, .generatorExit: .baseException
    case .overflowError, .zeroDivisionError, .floatingPointError: .arithmeticError
    case .moduleNotFoundError: .importError
    case .indexError, .keyError: .lookupError
    case .unboundLocalError: .nameError
    case .fileNotFoundError, .fileExistsError, .isADirectoryError, .notADirectoryError,
      .permissionError, .timeoutError, .connectionError:
      .osError
    case .brokenPipeError: .connectionError
    case .notImplementedError, .recursionError: .runtimeError
    case .indentationError: .syntaxError
    case .tabError: .indentationError
    case .unicodeError: .valueError
    case .unicodeDecodeError, .unicodeEncodeError, .unicodeTranslateError: .unicodeError
    case .userWarning, .deprecationWarning, .runtimeWarning, .futureWarning, .syntaxWarning,
      .importWarning, .unicodeWarning, .bytesWarning, .resourceWarning,
      .pendingDeprecationWarning:
      .warning
    default: .exception
    }
  }
}

/// What Swift code throws to raise an exception of the language.
///
/// One reference, so that typed throws stay cheap; the exception object is made when the machine
/// catches it, because natives without a machine at hand raise too.
public final class Raise: Error, @unchecked Sendable {
  public enum Content {
    case builtin(ExceptionKind, [Value])
    case object(ExceptionObject)
  }
  public let content: Content
  /// A sentence that helps: shown above the error's last line, not part of its message.
  public var hint: String?
  /// The name that CPython would suggest behind the message.
  var suggestion: String?
  /// Attributes that the exception gets (`name`, `obj`).
  public var details: [(String, Value)] = []
  /// Raised again as it is: the frame is in its traceback already.
  var isReraise = false

  public init(_ kind: ExceptionKind, _ message: String, hint: String? = nil) {
    content = .builtin(kind, [.string(message)])
    self.hint = hint
  }

  public init(_ kind: ExceptionKind, arguments: [Value]) { content = .builtin(kind, arguments) }

  public init(_ exception: ExceptionObject) { content = .object(exception) }
}

/// One line of a traceback: where, and in which function.
public struct TracebackEntry: Sendable {
  public let source: Source
  public let span: Span
  /// `<module>` for code outside functions.
  public let function: String

  init(source: Source, span: Span, function: String) {
    self.source = source
    self.span = span
    self.function = function
  }

  init(_ code: Code, at index: Int) {
    self.init(source: code.source, span: code.span(at: index), function: code.name)
  }
}

public final class ExceptionObject: Instance {
  public var arguments: [Value] = []
  public var cause: ExceptionObject?
  public var context: ExceptionObject?
  public var suppressContext = false
  public var hint: String?
  /// The name that CPython suggests behind the message; see `NameSuggestion`.
  var suggestion: String?
  /// Where the exception passed first, and then: most exceptions are caught by then, and nobody asks
  /// for lines and names.
  private var firstPlace: (code: Code, index: Int)?
  private var secondPlace: (code: Code, index: Int)?
  private var furtherPlaces: [TracebackEntry] = []

  /// A frame ends, or catches the exception.
  func passes(_ code: Code, at index: Int) {
    if firstPlace == nil, furtherPlaces.isEmpty {
      firstPlace = (code, index)
    } else if secondPlace == nil, furtherPlaces.isEmpty {
      secondPlace = (code, index)
    } else {
      furtherPlaces.append(TracebackEntry(code, at: index))
    }
  }

  /// Where the exception passed, innermost first.
  var passage: [TracebackEntry] {
    get {
      [firstPlace, secondPlace].compactMap { $0 }.map { TracebackEntry($0.code, at: $0.index) }
        + furtherPlaces
    }
    set {
      firstPlace = nil
      secondPlace = nil
      furtherPlaces = newValue
    }
  }
  /// The same, outermost first, as reports show it.
  public internal(set) var traceback: [TracebackEntry] {
    get { passage.reversed() }
    set { passage = newValue.reversed() }
  }
  public var notes: [String] = []
  /// For errors of syntax: where, in which text.
  public internal(set) var syntaxSpan: Span?
  public internal(set) var syntaxSource: Source?

  public override init(_ type: TypeObject) { super.init(type, kind: .exception) }

  public override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: arguments)
    arguments = []
    if let cause { heap.append(.object(cause)) }
    cause = nil
    if let context { heap.append(.object(context)) }
    context = nil
    super.surrender(into: &heap)
  }

  public override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(&arguments)
    visitor.visit(cause)
    visitor.visit(context)
  }
  deinit {
    if cause == nil, context == nil, arguments.allSatisfy({ $0.kind?.holdsValues != true }) {
      return
    }
    do {
      var heap: [Value] = []
      surrender(into: &heap)
      while let value = heap.popLast() { Disposal.release(value) }
    }
  }
}

extension Raise: CustomStringConvertible {
  /// The message and the hint, for places without a machine.
  public var description: String {
    let arguments: [Value]
    switch content {
    case .builtin(_, let given): arguments = given
    case .object(let exception): arguments = exception.arguments
    }
    return (arguments.compactMap(\.swiftString).prefix(1) + [hint].compactMap { $0 })
      .joined(separator: "\n")
  }
}
