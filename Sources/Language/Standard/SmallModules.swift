/// Modules of a few names.

/// The module `__future__`: what it switches on is so already.
enum FutureModule {
  private static let features = [
    "annotations", "print_function", "division", "absolute_import", "unicode_literals",
    "generator_stop", "with_statement", "nested_scopes", "generators",
  ]

  static let table = ModuleTable(
    "__future__", doc: "Names of features that are all there.",
    entries: [
      .value(name: "all_feature_names", doc: "The names of the features.") { _ in
        .list(features.sorted().map { .string($0) })
      }
    ] + features.map { name in
      .value(name: name, doc: "A feature that is there.") { _ in .string(name) }
    })
}

/// The module `keyword`.
enum KeywordModule {
  private static let words = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
    "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield",
  ]
  private static let soft = ["_", "case", "match", "type"]

  static let table = ModuleTable(
    "keyword", doc: "The keywords of Python.",
    entries: [
      .value(name: "kwlist", doc: "The keywords.") { _ in .list(words.map { .string($0) }) },
      .value(name: "softkwlist", doc: "Words that are keywords in some places.") { _ in
        .list(soft.dropLast().map { .string($0) })
      },
      .function(
        Native("iskeyword(s, /)", "Whether a text is a keyword.", example: "keyword.iskeyword('if')")
        { a in .bool(a[0].swiftString.map(words.contains) ?? false) }),
      .function(
        Native("issoftkeyword(s, /)", "Whether a text is a keyword in some places.") { a in
          .bool(a[0].swiftString.map(soft.dropLast().contains) ?? false)
        }),
    ])
}

/// The module `html`.
enum HTMLModule {
  static let table = ModuleTable(
    "html", doc: "Text for web pages.",
    entries: [
      .function(
        Native("escape(s, quote=True)", "The signs of markup as entities.",
          example: "html.escape('<b>')"
        ) { a in
          var text = try a.string(0).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
          if try a.bool(1) {
            text = text.replacing("\"", with: "&quot;").replacing("'", with: "&#x27;")
          }
          return .string(text)
        }),
      .function(
        Native("unescape(s)", "The usual entities as signs.", example: "html.unescape('&lt;b&gt;')") {
          a in .string(unescaped(try a.string(0)))
        }),
    ])

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©",
    "reg": "®", "hellip": "…", "mdash": "—", "ndash": "–", "euro": "€", "deg": "°", "times": "×",
    "laquo": "«", "raquo": "»", "middot": "·", "bull": "•", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
  ]

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let body = rest[rest.index(after: start)...]
      guard let end = body.prefix(32).firstIndex(of: ";"), let sign = sign(body[..<end]) else {
        result += "&"
        rest = body
        continue
      }
      result += sign
      rest = body[body.index(after: end)...]
    }
    return result + rest
  }

  private static func sign(_ name: Substring) -> String? {
    guard name.hasPrefix("#") else { return entities[String(name)] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}

/// The module `secrets`: numbers that cannot be foreseen.
enum SecretsModule {
  private static func bytes(_ a: Arguments) throws(Raise) -> [UInt8] {
    let count = a[0].isNone ? 32 : try a.size(0)
    if count < 0 { throw Raise(.valueError, "negative argument not allowed") }
    try a.machine.charge(count, of: 3, "the token")
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  static let table = ModuleTable(
    "secrets", doc: "Numbers that cannot be foreseen.",
    entries: [
      .function(
        Native("token_bytes(nbytes=None)", "Random bytes.") { a in .object(BytesObject(try bytes(a))) }),
      .function(
        Native("token_hex(nbytes=None)", "Random bytes in hexadecimal.") { a in
          .string(
            try bytes(a).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }),
      .function(
        Native("randbelow(exclusive_upper_bound, /)", "A number from 0 up to a bound.") { a in
          let bound = try a.size(0)
          if bound <= 0 { throw Raise(.valueError, "Upper bound must be positive.") }
          return .int(Int.random(in: 0..<bound))
        }),
      .function(
        Native("choice(seq, /)", "One of the items.") { a in
          let count = try a.machine.length(a[0]) ?? 0
          if count == 0 { throw Raise(.indexError, "Cannot choose from an empty sequence") }
          return try a.machine.item(a[0], .int(Int.random(in: 0..<count)))
        }),
      .function(
        Native("compare_digest(a, b, /)", "Whether two texts are equal.") { a in
          .bool(try a.machine.equals(a[0], a[1]))
        }),
    ])
}
