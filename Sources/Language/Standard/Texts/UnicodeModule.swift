import Foundation

/// The module `unicodedata`: names and kinds of characters, and normal forms of texts.
enum UnicodeModule {
  static let table = ModuleTable(
    "unicodedata", doc: "Names and kinds of characters, and normal forms of texts.",
    entries: rows.map { .function($0) } + [
      .value(name: "unidata_version", doc: "The version of Unicode.") { _ in .string("14.0.0") }
    ])

  /// The one character of an argument.
  private static func scalar(_ a: Arguments, _ index: Int = 0) throws(Raise) -> Unicode.Scalar {
    let position = index == 0 && a.count == 1 ? "" : " \(index + 1)"
    guard let text = a[index].asString else {
      throw Raise(
        .typeError,
        "\(a.name) argument\(position) must be a unicode character, not "
          + a.machine.typeName(a[index]))
    }
    guard text.count == 1, let point = text.scalars.first, let scalar = Unicode.Scalar(point) else {
      throw Raise(
        .typeError, "\(a.name) argument\(position) must be a unicode character, not str")
    }
    return scalar
  }

  static func category(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }

  /// The name; ideographs and Hangul syllables have names by rule.
  static func name(_ scalar: Unicode.Scalar) -> String? {
    let value = scalar.value
    if (0xAC00...0xD7A3).contains(value) {
      let leads = ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"]
      let vowels = [
        "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO",
        "WE", "WI", "YU", "EU", "YI", "I",
      ]
      let tails = [
        "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH",
        "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H",
      ]
      let index = Int(value - 0xAC00)
      return "HANGUL SYLLABLE " + leads[index / 588] + vowels[index % 588 / 28] + tails[index % 28]
    }
    if let name = scalar.properties.name { return name }
    if scalar.properties.isUnifiedIdeograph {
      return "CJK UNIFIED IDEOGRAPH-" + String(value, radix: 16, uppercase: true)
    }
    return nil
  }

  static func normalized(_ text: String, _ form: String) -> String? {
    switch form {
    case "NFC": text.precomposedStringWithCanonicalMapping
    case "NFD": text.decomposedStringWithCanonicalMapping
    case "NFKC": text.precomposedStringWithCompatibilityMapping
    case "NFKD": text.decomposedStringWithCompatibilityMapping
    default: nil
    }
  }

  /// What a question gives for a character that has no answer.
  private static func otherwise(_ a: Arguments, _ message: String) throws(Raise) -> Value {
    if a.isGiven(1) { return a[1] }
    throw Raise(.valueError, message)
  }

  private static func isDecimal(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .decimalNumber
  }

  private static let rows: [Native] = [
    Native("normalize(form, unistr, /)", "A text in a normal form: NFC, NFD, NFKC or NFKD.",
      example: "import unicodedata\nunicodedata.normalize('NFD', 'é')"
    ) { a in
      for index in 0...1 where a[index].asString == nil {
        throw Raise(
          .typeError,
          "normalize() argument \(index + 1) must be str, not \(a.machine.typeName(a[index]))")
      }
      guard let result = normalized(try a.string(1), try a.string(0)) else {
        throw Raise(.valueError, "invalid normalization form")
      }
      return .string(result)
    },
    Native("is_normalized(form, unistr, /)", "Whether a text is in a normal form.",
      example: "import unicodedata\nunicodedata.is_normalized('NFC', 'é')"
    ) { a in
      guard let result = normalized(try a.string(1), try a.string(0)) else {
        throw Raise(.valueError, "invalid normalization form")
      }
      return .bool(result.utf8.elementsEqual(try a.string(1).utf8))
    },
    Native("category(chr, /)", "The general category of a character.",
      example: "import unicodedata\nunicodedata.category('A')"
    ) { a in .string(category(try scalar(a))) },
    Native("name(chr, default=..., /)", "The name of a character.",
      example: "import unicodedata\nunicodedata.name('é')"
    ) { a in
      guard let name = name(try scalar(a)) else { return try otherwise(a, "no such name") }
      return .string(name)
    },
    Native("lookup(name, /)", "The character of a name.",
      example: "import unicodedata\nunicodedata.lookup('GREEK SMALL LETTER ALPHA')"
    ) { a in
      let wanted = try a.string(0).uppercased()
      for value in UInt32(0x20)...0x323AF {
        if value & 0xFFF == 0 { try a.machine.poll() }
        guard let scalar = Unicode.Scalar(value), name(scalar) == wanted else { continue }
        return .string(String(Character(scalar)))
      }
      throw Raise(.keyError, "undefined character name '\(try a.string(0))'")
    },
    Native("combining(chr, /)", "The canonical combining class of a character.",
      example: "import unicodedata\nunicodedata.combining('a')"
    ) { a in .int(Int(try scalar(a).properties.canonicalCombiningClass.rawValue)) },
    Native("decimal(chr, default=..., /)", "The decimal digit of a character.",
      example: "import unicodedata\nunicodedata.decimal('7')"
    ) { a in
      let scalar = try scalar(a)
      guard isDecimal(scalar), let number = scalar.properties.numericValue else {
        return try otherwise(a, "not a decimal")
      }
      return .int(Int(number))
    },
    Native("digit(chr, default=..., /)", "The digit of a character.",
      example: "import unicodedata\nunicodedata.digit('7')"
    ) { a in
      let scalar = try scalar(a)
      guard let kind = scalar.properties.numericType, kind != .numeric,
        let number = scalar.properties.numericValue
      else { return try otherwise(a, "not a digit") }
      return .int(Int(number))
    },
    Native("numeric(chr, default=..., /)", "The number that a character stands for.",
      example: "import unicodedata\nunicodedata.numeric('½')"
    ) { a in
      guard let number = try scalar(a).properties.numericValue else {
        return try otherwise(a, "not a numeric character")
      }
      return .float(number)
    },
    Native("mirrored(chr, /)", "1 for characters that are mirrored from right to left.",
      example: "import unicodedata\nunicodedata.mirrored('(')"
    ) { a in .int(try scalar(a).properties.isBidiMirrored ? 1 : 0) },
    Native("decomposition(chr, /)", "What a character is made of.",
      example: "import unicodedata\nunicodedata.decomposition('é')"
    ) { a in
      let own = try scalar(a)
      let parts = String(Character(own)).decomposedStringWithCanonicalMapping.unicodeScalars
      if parts.count == 1, parts.first == own { return .string("") }
      return .string(
        parts.map { part in
          let digits = String(part.value, radix: 16, uppercase: true)
          return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        }.joined(separator: " "))
    },
  ]
}
