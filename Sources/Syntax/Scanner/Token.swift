/// One token: what it is and where it stands. Its text is the bytes of its span.
public struct Token: Sendable, Equatable {
  public var kind: TokenKind
  /// How many brackets are open after it; a closing bracket no longer counts itself.
  public var level: UInt8
  public var span: Span

  public init(_ kind: TokenKind, level: Int, _ span: Span) {
    self.kind = kind
    self.level = UInt8(clamping: level)
    self.span = span
  }
}

/// What a token is. Comments, blank lines and joined line ends give no tokens.
public enum TokenKind: UInt8, Sendable {
  // Structure.
  case endOfInput
  /// The end of a logical line; its span is the comment before it, if there is one.
  case newline
  case indent
  case dedent
  /// A whole line that is a notebook command: `%name ...`, `?name`, `name?`.
  case command
  /// A byte that starts nothing: `$`, `!`, `?`, a backquote, `<>`.
  case unknown

  // Atoms.
  case name
  case number
  /// A number with `j` at its end: scanned so that it can be refused by name.
  case imaginary
  /// A string or bytes literal with its prefix and quotes.
  case string
  /// An f-string literal with its prefix and quotes.
  case formatString

  // Keywords.
  case `false`
  case none
  case `true`
  case and
  case `as`
  case assert
  case async
  case await
  case `break`
  case `class`
  case `continue`
  case def
  case del
  case elif
  case `else`
  case except
  case finally
  case `for`
  case from
  case global
  case `if`
  case `import`
  case `in`
  case `is`
  case lambda
  case nonlocal
  case not
  case or
  case pass
  case raise
  case `return`
  case `try`
  case `while`
  case with
  case yield

  // Brackets and punctuation.
  case leftParenthesis
  case rightParenthesis
  case leftBracket
  case rightBracket
  case leftBrace
  case rightBrace
  case comma
  case colon
  case semicolon
  case dot
  case ellipsis
  case arrow
  case walrus
  case equal

  // Operators.
  case plus
  case minus
  case star
  case slash
  case doubleSlash
  case percent
  case doubleStar
  case at
  case ampersand
  case bar
  case caret
  case tilde
  case shiftLeft
  case shiftRight
  case equalEqual
  case notEqual
  case less
  case lessEqual
  case greater
  case greaterEqual

  // Augmented assignment.
  case plusEqual
  case minusEqual
  case starEqual
  case slashEqual
  case doubleSlashEqual
  case percentEqual
  case doubleStarEqual
  case atEqual
  case ampersandEqual
  case barEqual
  case caretEqual
  case shiftLeftEqual
  case shiftRightEqual

  /// Whether it is a reserved word.
  public var isKeyword: Bool {
    rawValue >= TokenKind.false.rawValue && rawValue <= TokenKind.yield.rawValue
  }
}

/// The reserved words of the language, in the order of their spelling.
public enum Keyword {
  public static let all: [(text: String, kind: TokenKind)] = [
    ("False", .false), ("None", .none), ("True", .true), ("and", .and), ("as", .as),
    ("assert", .assert), ("async", .async), ("await", .await), ("break", .break),
    ("class", .class), ("continue", .continue), ("def", .def), ("del", .del), ("elif", .elif),
    ("else", .else), ("except", .except), ("finally", .finally), ("for", .for), ("from", .from),
    ("global", .global), ("if", .if), ("import", .import), ("in", .in), ("is", .is),
    ("lambda", .lambda), ("nonlocal", .nonlocal), ("not", .not), ("or", .or), ("pass", .pass),
    ("raise", .raise), ("return", .return), ("try", .try), ("while", .while), ("with", .with),
    ("yield", .yield),
  ]

  /// The longest reserved word, in bytes; a word up to this length packs into one integer.
  static let longest = 8

  /// The words by their length, each as its bytes packed into an integer: a name is compared with
  /// at most eight integers.
  private static let byLength: [[(key: UInt64, kind: TokenKind)]] = {
    var table = [[(key: UInt64, kind: TokenKind)]](repeating: [], count: longest + 1)
    for word in all {
      let key = word.text.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      table[word.text.utf8.count].append((key, word.kind))
    }
    return table
  }()

  /// The keyword whose bytes, first byte highest, are packed in `key`; nil for any other name.
  static func kind(packed key: UInt64, length: Int) -> TokenKind? {
    guard length >= 2, length <= longest else { return nil }
    for word in byLength[length] where word.key == key { return word.kind }
    return nil
  }
}
