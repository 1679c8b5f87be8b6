/// Upper and lower case, and what the characters of a string are.
extension StringMethods {
  static let letterCase: [Native] = [
    Native("upper(self, /)", "The string in upper case.", example: "'straße'.upper()", shortcut: .upper) { a in
      .object(CaseMapping.upper(try a.ownString()))
    },
    Native("lower(self, /)", "The string in lower case.", example: "'ABC'.lower()", shortcut: .lower) { a in
      .object(CaseMapping.lower(try a.ownString()))
    },
    Native(
      "casefold(self, /)", "The string for comparison without regard to case.",
      example: "'Straße'.casefold() == 'STRASSE'.casefold()"
    ) { a in .object(CaseMapping.folded(try a.ownString())) },
    Native("swapcase(self, /)", "Upper case made lower, and lower upper.",
      example: "'aB'.swapcase()"
    ) { a in .object(CaseMapping.swapped(try a.ownString())) },
    Native("capitalize(self, /)", "The first character in upper case, the others in lower.",
      example: "'hello World'.capitalize()"
    ) { a in .object(CaseMapping.capitalized(try a.ownString())) },
    Native("title(self, /)", "Every word with a capital.", example: "'to be or not'.title()") { a in
      .object(CaseMapping.titled(try a.ownString()))
    },
  ]

  static let tests: [Native] = [
    test("isalpha", "Whether all characters are letters, and there is one.", "'abc'.isalpha()",
      shortcut: .isAlphabetic
    ) {
      CodePoints.isAlphabetic($0)
    },
    test("isalnum", "Whether all characters are letters or numbers, and there is one.",
      "'a1'.isalnum()"
    ) { CodePoints.isAlphanumeric($0) },
    test("isdecimal", "Whether all characters are decimal digits, and there is one.",
      "'12'.isdecimal()"
    ) { CodePoints.isDecimal($0) },
    test("isdigit", "Whether all characters are digits, and there is one.", "'12'.isdigit()",
      shortcut: .isDigit
    ) {
      CodePoints.isDigit($0)
    },
    test("isnumeric", "Whether all characters are numeric, and there is one.", "'½'.isnumeric()") {
      CodePoints.isNumeric($0)
    },
    test("isspace", "Whether all characters are spaces, and there is one.", "' \\n'.isspace()",
      shortcut: .isSpace
    ) {
      CodePoints.isSpace($0)
    },
    test("isprintable", "Whether all characters can be printed.", "'a\\n'.isprintable()",
      whenEmpty: true
    ) { CodePoints.isPrintable($0) },
    test("isascii", "Whether all characters are ASCII.", "'abc'.isascii()", whenEmpty: true) {
      $0 < 0x80
    },
    Native("isidentifier(self, /)", "Whether the string could be a name.",
      example: "'x1'.isidentifier()"
    ) { a in
      let bytes = try a.ownString().bytes
      var index = 0
      guard index < bytes.count, CodePoints.isIdentifierStart(CodePoints.next(bytes, &index)) else {
        return .bool(false)
      }
      while index < bytes.count {
        if !CodePoints.isIdentifierPart(CodePoints.next(bytes, &index)) { return .bool(false) }
      }
      return .bool(true)
    },
    Native("islower(self, /)", "Whether there are cased characters, all of lower case.",
      example: "'ab1'.islower()"
    ) { a in
      try hasCase(a) { CodePoints.isLower($0) } unless: {
        CodePoints.isUpper($0) || CodePoints.isTitle($0)
      }
    },
    Native("isupper(self, /)", "Whether there are cased characters, all of upper case.",
      example: "'AB1'.isupper()"
    ) { a in
      try hasCase(a) { CodePoints.isUpper($0) } unless: {
        CodePoints.isLower($0) || CodePoints.isTitle($0)
      }
    },
    Native("istitle(self, /)", "Whether every word begins with a capital and goes on without.",
      example: "'To Be'.istitle()"
    ) { a in
      let bytes = try a.ownString().bytes
      var index = 0
      var isCased = false
      var previousIsCased = false
      while index < bytes.count {
        let point = CodePoints.next(bytes, &index)
        if CodePoints.isUpper(point) || CodePoints.isTitle(point) {
          if previousIsCased { return .bool(false) }
          previousIsCased = true
          isCased = true
        } else if CodePoints.isLower(point) {
          if !previousIsCased { return .bool(false) }
          isCased = true
        } else {
          previousIsCased = false
        }
      }
      return .bool(isCased)
    },
  ]

  /// A row that asks the same of every character.
  private static func test(
    _ name: String, _ doc: String, _ example: String, whenEmpty: Bool = false,
    shortcut: Shortcut = .none, _ holds: @escaping @Sendable (UInt32) -> Bool
  ) -> Native {
    Native("\(name)(self, /)", doc, example: example, shortcut: shortcut) { a in
      let bytes = try a.ownString().bytes
      if bytes.isEmpty { return .bool(whenEmpty) }
      var index = 0
      while index < bytes.count {
        if !holds(CodePoints.next(bytes, &index)) { return .bool(false) }
      }
      return .bool(true)
    }
  }

  private static func hasCase(
    _ a: Arguments, _ wanted: (UInt32) -> Bool, unless other: (UInt32) -> Bool
  ) throws(Raise) -> Value {
    let bytes = try a.ownString().bytes
    var index = 0
    var found = false
    while index < bytes.count {
      let point = CodePoints.next(bytes, &index)
      if other(point) { return .bool(false) }
      if !found, wanted(point) { found = true }
    }
    return .bool(found)
  }
}
