/// The constructs of Python that the language leaves out: each is recognised and refused by name,
/// with what to write instead, before anything runs.
enum Dialect {
  private static func refused(_ message: String, _ span: Span) -> Diagnostic {
    Diagnostic(.notInDialect, message, at: span)
  }

  static func async(_ span: Span) -> Diagnostic {
    refused(
      "\"async\" is not part of this language: cells run in order; write an ordinary function",
      span)
  }

  static func await(_ span: Span) -> Diagnostic {
    refused(
      "\"await\" is not part of this language: cells run in order; call the function directly",
      span)
  }

  static func match(_ span: Span) -> Diagnostic {
    refused("\"match\" is not part of this language: use if / elif", span)
  }

  static func typeAlias(_ span: Span) -> Diagnostic {
    refused("\"type\" statements are not part of this language: write X = ... instead", span)
  }

  static func typeParameters(_ span: Span) -> Diagnostic {
    refused("type parameters are not part of this language: leave them out", span)
  }

  static func severalBases(_ span: Span) -> Diagnostic {
    refused("a class has at most one base here: hold the other object as an attribute", span)
  }

  static func metaclass(_ span: Span) -> Diagnostic {
    refused(
      "\"metaclass=\" is not part of this language: use a class decorator or a function", span)
  }

  static func classKeyword(_ name: String, _ span: Span) -> Diagnostic {
    refused(
      "\"\(name)=\" in a class header is not part of this language: set a class attribute", span)
  }

  static func unpackedBases(_ span: Span) -> Diagnostic {
    refused("unpacking in a class header is not part of this language: name the one base", span)
  }

  static func importStar(_ span: Span) -> Diagnostic {
    refused("\"import *\" is not part of this language: name what you import", span)
  }

  static func relativeImport(_ span: Span) -> Diagnostic {
    refused(
      "a relative import is not part of this language: write the module's whole name", span)
  }

  static func exceptStar(_ span: Span) -> Diagnostic {
    refused("\"except*\" is not part of this language: write except", span)
  }

  static func complex(_ literal: String, _ span: Span) -> Diagnostic {
    refused("complex numbers (\(literal)) are not part of this language: use two floats", span)
  }

  static func template(_ span: Span) -> Diagnostic {
    refused("template strings (t\"...\") are not part of this language: write an f-string", span)
  }

  static func slots(_ span: Span) -> Diagnostic {
    refused("\"__slots__\" is not part of this language: leave it out", span)
  }

  static func privateName(_ name: String, _ span: Span) -> Diagnostic {
    refused(
      "private names of a class (\(name)) are not part of this language: write "
        + "\(name.dropFirst()) with one underscore", span)
  }

  static func commandInside(_ span: Span) -> Diagnostic {
    refused("a notebook command stands alone at the start of a line", span)
  }

  static func cellCommand(_ name: String, _ span: Span) -> Diagnostic {
    refused("\"%%\(name)\" stands on the first line of a cell", span)
  }

  static func shell(_ span: Span) -> Diagnostic {
    refused(
      "\"!\" is not part of this language: the kernel runs no shell; "
        + "use open() for files, %run for programs, and a terminal for the rest", span)
  }
}
