/// The module `string`: constants and templates.
enum StringModule {
  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let digits = "0123456789"
  private static let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
  private static let space = " \t\n\r\u{0B}\u{0C}"

  static let table = ModuleTable(
    "string", doc: "Constants of characters, and templates.",
    entries: [
      constant("ascii_lowercase", lower, "The small letters a to z."),
      constant("ascii_uppercase", upper, "The capital letters A to Z."),
      constant("ascii_letters", lower + upper, "The letters of ASCII."),
      constant("digits", digits, "The digits 0 to 9."),
      constant("hexdigits", digits + "abcdefABCDEF", "The digits of base 16."),
      constant("octdigits", "01234567", "The digits of base 8."),
      constant("punctuation", punctuation, "The signs of ASCII."),
      constant("whitespace", space, "The blanks of ASCII."),
      constant("printable", digits + lower + upper + punctuation + space, "All that prints."),
      .function(
        Native(
          "capwords(s, sep=None)", "Each word with a capital letter.",
          example: "string.capwords('hello big world')"
        ) { a in
          let machine = a.machine
          let split = try machine.attribute(a[0], "split")
          let words = try machine.array(machine.call(split, a[1].isNone ? [] : [a[1]]))
          var capitals: [Value] = []
          for word in words {
            capitals.append(try machine.call(machine.attribute(word, "capitalize")))
          }
          let separator = a[1].isNone ? Value.string(" ") : a[1]
          return try machine.call(machine.attribute(separator, "join"), [.list(capitals)])
        }),
      .type(template), .type(StringFormatter.table),
    ])

  private static func constant(_ name: String, _ text: String, _ doc: String) -> ModuleEntry {
    .value(name: name, doc: doc) { _ in .string(text) }
  }

  // MARK: - Template

  /// A part of a template: text, or a name to put in.
  private enum Part {
    case text([UInt8])
    /// The name, and how it was written.
    case name(String, [UInt8])
    case invalid(offset: Int)
  }

  private static func parts(_ text: [UInt8]) -> [Part] {
    var result: [Part] = []
    var plain: [UInt8] = []
    var index = 0
    func isStart(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || CodePoints.isASCIILetter(UInt32(byte))
    }
    while index < text.count {
      guard text[index] == UInt8(ascii: "$") else {
        plain.append(text[index])
        index += 1
        continue
      }
      let next = index + 1 < text.count ? text[index + 1] : 0
      if next == UInt8(ascii: "$") {
        plain.append(next)
        index += 2
        continue
      }
      let isBraced = next == UInt8(ascii: "{")
      let start = isBraced ? index + 2 : index + 1
      var end = start
      while end < text.count,
        isStart(text[end]) || (end > start && (0x30...0x39).contains(text[end]))
      {
        end += 1
      }
      let isClosed = !isBraced || (end < text.count && text[end] == UInt8(ascii: "}"))
      if end == start || !isClosed {
        if !plain.isEmpty { result.append(.text(plain)) }
        plain = []
        result.append(.invalid(offset: index))
        plain.append(text[index])
        index += 1
        continue
      }
      if !plain.isEmpty { result.append(.text(plain)) }
      plain = []
      let after = isBraced ? end + 1 : end
      result.append(
        .name(String(decoding: text[start..<end], as: UTF8.self), Array(text[index..<after])))
      index = after
    }
    if !plain.isEmpty { result.append(.text(plain)) }
    return result
  }

  private static func substitute(_ a: Arguments, isSafe: Bool) throws(Raise) -> Value {
    let machine = a.machine
    guard let text = a[0].asInstance?.own("template")?.asString else {
      throw Raise(.typeError, "a template is needed")
    }
    let keywords = a[2].asDict
    var result: [UInt8] = []
    for part in parts(text.bytes) {
      switch part {
      case .text(let bytes): result += bytes
      case .invalid(let offset):
        if isSafe { continue }
        let before = text.bytes[..<offset]
        let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        throw Raise(
          .valueError, "Invalid placeholder in string: line \(line), col \(column)")
      case .name(let name, let written):
        var value = keywords?[name]
        if value == nil, !a[1].isNone, a.isGiven(1) {
          if !isSafe {
            value = try machine.item(a[1], .string(name))
          } else if try machine.contains(.string(name), in: a[1]) {
            value = try machine.item(a[1], .string(name))
          }
        }
        if let value {
          let piece = try machine.textObject(of: value).bytes
          try machine.charge(result.count + piece.count, "the text")
          result += piece
        } else if isSafe {
          result += written
        } else {
          throw Raise(.keyError, arguments: [.string(name)])
        }
      }
    }
    return .object(StringObject(result))
  }

  private static let template = TypeTable(
    "Template", module: "string", doc: "Text with $names to put in.",
    methods: [
      Native("__init__(self, template)", "The text.") { a in
        a[0].asInstance?.setOwn("template", a[1])
        return .none
      },
      Native("substitute(self, mapping=..., /, **kws)", "The text with names replaced.") { a in
        try substitute(a, isSafe: false)
      },
      Native(
        "safe_substitute(self, mapping=..., /, **kws)",
        "The text with known names replaced and others left."
      ) { a in try substitute(a, isSafe: true) },
    ])
}
