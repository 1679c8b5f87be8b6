/// The errors of constructs that the language leaves out (`Refusal`): each is recognised by the
/// parser and refused by name, with what to write instead, before anything runs.
enum Dialect {
  private static func refused(_ row: Refusal, _ span: Span) -> Diagnostic {
    refused(row, "", span)
  }
  private static func refused(_ row: Refusal, _ written: String, _ span: Span) -> Diagnostic {
    Diagnostic(.notInDialect, row.message(written), at: span)
  }

  static func async(_ span: Span) -> Diagnostic { refused(.async, span) }
  static func await(_ span: Span) -> Diagnostic { refused(.await, span) }
  static func match(_ span: Span) -> Diagnostic { refused(.match, span) }
  static func typeAlias(_ span: Span) -> Diagnostic { refused(.typeAlias, span) }
  static func typeParameters(_ span: Span) -> Diagnostic { refused(.typeParameters, span) }
  static func severalBases(_ span: Span) -> Diagnostic { refused(.severalBases, span) }
  static func metaclass(_ span: Span) -> Diagnostic { refused(.metaclass, span) }
  static func classKeyword(_ name: String, _ span: Span) -> Diagnostic {
    refused(.classKeyword, name, span)
  }
  static func unpackedBases(_ span: Span) -> Diagnostic { refused(.unpackedBases, span) }
  static func importStar(_ span: Span) -> Diagnostic { refused(.importStar, span) }
  static func relativeImport(_ span: Span) -> Diagnostic { refused(.relativeImport, span) }
  static func exceptStar(_ span: Span) -> Diagnostic { refused(.exceptStar, span) }
  static func complex(_ literal: String, _ span: Span) -> Diagnostic {
    refused(.complex, literal, span)
  }
  static func template(_ span: Span) -> Diagnostic { refused(.template, span) }
  static func slots(_ span: Span) -> Diagnostic { refused(.slots, span) }
  static func privateName(_ name: String, _ span: Span) -> Diagnostic {
    refused(.privateName, name, span)
  }
  static func finalizer(_ span: Span) -> Diagnostic { refused(.finalizer, span) }
  static func namedCharacter(_ span: Span) -> Diagnostic { refused(.namedCharacter, span) }
  /// - Parameter value: in hexadecimal.
  static func surrogate(_ value: String, _ span: Span) -> Diagnostic {
    refused(.surrogate, value, span)
  }
  static func compatibilityName(
    _ scalar: Unicode.Scalar, _ value: String, _ span: Span
  ) -> Diagnostic {
    refused(.compatibilityName, "'\(scalar)' (U+\(value))", span)
  }
  static func commandInside(_ span: Span) -> Diagnostic { refused(.commandInside, span) }
  static func cellCommand(_ name: String, _ span: Span) -> Diagnostic {
    refused(.cellCommand, name, span)
  }
  static func shell(_ span: Span) -> Diagnostic { refused(.shell, span) }
}
