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

  /// What few exceptions have.
  private final class Rare {
    var hint: String?
    var suggestion: String?
    var notes: [String] = []
    var span: Span?
    var source: Source?
    var furtherPlaces: [TracebackEntry] = []
  }
  private var rare: Rare?
  private var madeRare: Rare {
    if let rare { return rare }
    let made = Rare()
    rare = made
    return made
  }

  public var hint: String? {
    get { rare?.hint }
    set { if newValue != nil || rare != nil { madeRare.hint = newValue } }
  }
  /// The name that CPython suggests behind the message; see `NameSuggestion`.
  var suggestion: String? {
    get { rare?.suggestion }
    set { if newValue != nil || rare != nil { madeRare.suggestion = newValue } }
  }
  public var notes: [String] {
    get { rare?.notes ?? [] }
    set { madeRare.notes = newValue }
  }
  /// For errors of syntax: where, in which text.
  public internal(set) var syntaxSpan: Span? {
    get { rare?.span }
    set { madeRare.span = newValue }
  }
  public internal(set) var syntaxSource: Source? {
    get { rare?.source }
    set { madeRare.source = newValue }
  }

  /// Where the exception passed first, and then: most exceptions are caught by then, and nobody asks
  /// for lines and names.
  private var firstPlace: (code: Code, index: Int)?
  private var secondPlace: (code: Code, index: Int)?

  /// A frame ends, or catches the exception.
  func passes(_ code: Code, at index: Int) {
    if rare == nil || rare?.furtherPlaces.isEmpty == true {
      if firstPlace == nil {
        firstPlace = (code, index)
        return
      }
      if secondPlace == nil {
        secondPlace = (code, index)
        return
      }
    }
    madeRare.furtherPlaces.append(TracebackEntry(code, at: index))
  }

  /// Where the exception passed, innermost first.
  var passage: [TracebackEntry] {
    get {
      [firstPlace, secondPlace].compactMap { $0 }.map { TracebackEntry($0.code, at: $0.index) }
        + (rare?.furtherPlaces ?? [])
    }
    set {
      firstPlace = nil
      secondPlace = nil
      if !newValue.isEmpty || rare != nil { madeRare.furtherPlaces = newValue }
    }
  }
  /// The same, outermost first, as reports show it.
  public internal(set) var traceback: [TracebackEntry] {
    get { passage.reversed() }
    set { passage = newValue.reversed() }
  }

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
    if cause == nil, context == nil, !holdsContainers { return }
    var heap: [Value] = []
    surrender(into: &heap)
    while let value = heap.popLast() { Disposal.release(value) }
  }

  /// Whether an argument holds others.
  private var holdsContainers: Bool {
    arguments.withUnsafeBufferPointer { items in
      guard let start = items.baseAddress else { return false }
      let base = UnsafeMutablePointer(mutating: start)
      for index in 0..<items.count
      where (base + index).tag == RawTag.object
        && (base + index).rawKind >= ObjectKind.list.rawValue
      {
        return true
      }
      return false
    }
  }

  /// The only argument, when that is a plain string.
  @inline(__always) var onlyText: StringObject? {
    arguments.count == 1 ? arguments[0].exactString : nil
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
