/// Why a text is not a program of the language: what is wrong, where, and what to write instead.
public struct Diagnostic: Error, Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// CPython's `SyntaxError`.
    case syntax
    /// CPython's `IndentationError`.
    case indentation
    /// CPython's `TabError`.
    case tab
    /// Python, but not of this language; the message names the construct and a substitute.
    case notInDialect
    /// The text ends inside a construct: more input could complete it.
    case unfinished
  }

  public var kind: Kind
  public var message: String
  public var span: Span

  public init(_ kind: Kind, _ message: String, at span: Span) {
    self.kind = kind
    self.message = message
    self.span = span
  }

  /// The exception class under which the language raises it.
  public var exceptionName: String {
    switch kind {
    case .syntax, .notInDialect, .unfinished: "SyntaxError"
    case .indentation: "IndentationError"
    case .tab: "TabError"
    }
  }
}
