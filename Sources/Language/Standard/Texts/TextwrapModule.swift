/// The module `textwrap`: paragraphs of a width.
enum TextwrapModule {
  static let table = ModuleTable(
    "textwrap", doc: "Paragraphs of a width.",
    entries: [
      .function(
        Native("wrap(text, width=70, **kwargs)", "The lines of a paragraph.",
          example: "textwrap.wrap('one two three', 8)"
        ) { a in .list(try wrap(a).map { .string($0) }) }),
      .function(
        Native("fill(text, width=70, **kwargs)", "The paragraph as one text.",
          example: "textwrap.fill('one two three', 8)"
        ) { a in .string(try wrap(a).joined(separator: "\n")) }),
      .function(
        Native("shorten(text, width, **kwargs)", "As much of a text as fits, with [...] behind it.",
          example: "textwrap.shorten('Hello  world!', width=11)"
        ) { a in
          var options = try Options(a[1], a.keywords(2), a.machine)
          options.maxLines = 1
          let plain = try a.string(0).split { $0.isWhitespace }.joined(separator: " ")
          return .string(try wrap(plain, options).joined(separator: "\n"))
        }),
      .function(
        Native("dedent(text)", "The text without the space that all lines begin with.",
          example: "textwrap.dedent('  a\\n    b')"
        ) { a in .string(dedent(try a.string(0))) }),
      .function(
        Native("indent(text, prefix, predicate=None)", "The text with a prefix before its lines.",
          example: "textwrap.indent('a\\nb', '> ')"
        ) { a in
          let prefix = try a.string(1)
          var result = ""
          for line in lines(try a.string(0)) {
            let isChosen =
              try a[2].isNone
              ? line.unicodeScalars.contains { !$0.properties.isWhitespace }
              : a.machine.truth(a.machine.call(a[2], [.string(line)]))
            result += (isChosen ? prefix : "") + line
          }
          return .string(result)
        }),
      .type(wrapper),
    ])

  // MARK: - Options

  struct Options {
    var width = 70
    var initialIndent = ""
    var subsequentIndent = ""
    var expandTabs = true
    var tabSize = 8
    var replaceWhitespace = true
    var dropWhitespace = true
    var breakLongWords = true
    var breakOnHyphens = true
    var maxLines: Int?
    var placeholder = " [...]"

    init(_ width: Value, _ keywords: [(name: String, value: Value)], _ machine: Machine) throws(Raise)
    {
      if width.isGiven { self.width = try machine.size(width) }
      for (name, value) in keywords { try set(name, value, machine) }
    }

    mutating func set(_ name: String, _ value: Value, _ machine: Machine) throws(Raise) {
      func text() throws(Raise) -> String {
        guard let text = value.swiftString else {
          throw Raise(.typeError, "\(name) must be a string, not \(machine.typeName(value))")
        }
        return text
      }
      switch name {
      case "width": width = try machine.size(value)
      case "initial_indent": initialIndent = try text()
      case "subsequent_indent": subsequentIndent = try text()
      case "expand_tabs": expandTabs = try machine.truth(value)
      case "tabsize": tabSize = try machine.size(value)
      case "replace_whitespace": replaceWhitespace = try machine.truth(value)
      case "drop_whitespace": dropWhitespace = try machine.truth(value)
      case "break_long_words": breakLongWords = try machine.truth(value)
      case "break_on_hyphens": breakOnHyphens = try machine.truth(value)
      case "max_lines": maxLines = value.isNone ? nil : try machine.size(value)
      case "placeholder": placeholder = try text()
      case "fix_sentence_endings":
        if try machine.truth(value) {
          throw Raise(.notImplementedError, "fix_sentence_endings is not part of this textwrap")
        }
      default:
        throw Raise(
          .typeError, "TextWrapper.__init__() got an unexpected keyword argument '\(name)'")
      }
    }
  }

  private static func wrap(_ a: Arguments) throws(Raise) -> [String] {
    try wrap(a.string(0), Options(a[1], a.keywords(2), a.machine))
  }

  // MARK: - Wrapping

  private static func isSpace(_ letter: Unicode.Scalar) -> Bool {
    letter == " " || (letter.value >= 9 && letter.value <= 13)
  }

  /// Words and the spaces between them. A word ends behind a hyphen between letters and before a
  /// dash of two or more hyphens, which stands alone.
  private static func chunks(_ text: [Unicode.Scalar], hyphens: Bool) -> [[Unicode.Scalar]] {
    func isLetter(_ at: Int) -> Bool {
      text.indices.contains(at) && (text[at].properties.isAlphabetic || text[at] == "_")
    }
    func isWord(_ at: Int) -> Bool {
      isLetter(at) || (text.indices.contains(at) && text[at].properties.numericType != nil)
    }
    func isWordOrMark(_ at: Int) -> Bool {
      isWord(at)
        || (text.indices.contains(at) && "!\"'&.,?".unicodeScalars.contains(text[at]))
    }
    func isHyphen(_ at: Int) -> Bool { text.indices.contains(at) && text[at] == "-" }
    /// The end of a dash at `at` that a word follows; nil when there is none.
    func dash(_ at: Int) -> Int? {
      guard isHyphen(at), isHyphen(at + 1), isWordOrMark(at - 1) else { return nil }
      var end = at
      while isHyphen(end) { end += 1 }
      return isWord(end) ? end : nil
    }
    /// Whether a word may be broken behind the hyphen at `at`.
    func breaks(_ at: Int) -> Bool {
      guard isHyphen(at) else { return false }
      let isBehind =
        (isLetter(at - 1) && isLetter(at - 2))
        || (isWordOrMark(at - 1) && isHyphen(at - 2) && isLetter(at - 3))
      let isBefore = isLetter(at + 1) && (isLetter(at + 2) || (isHyphen(at + 2) && isLetter(at + 3)))
      return isBehind && isBefore
    }
    var result: [[Unicode.Scalar]] = []
    var index = 0
    while index < text.count {
      var end = index + 1
      if isSpace(text[index]) {
        while end < text.count, isSpace(text[end]) { end += 1 }
      } else if hyphens, let last = dash(index) {
        end = last
      } else {
        while end < text.count, !isSpace(text[end]) {
          if hyphens, breaks(end) {
            end += 1
            break
          }
          if hyphens, dash(end) != nil { break }
          end += 1
        }
      }
      result.append(Array(text[index..<end]))
      index = end
    }
    return result
  }

  static func wrap(_ text: String, _ options: Options) throws(Raise) -> [String] {
    if options.width <= 0 {
      throw Raise(.valueError, "invalid width \(options.width) (must be > 0)")
    }
    if let most = options.maxLines {
      let indent = most > 1 ? options.subsequentIndent : options.initialIndent
      let placeholder = options.placeholder.drop { $0 == " " }
      if indent.unicodeScalars.count + placeholder.unicodeScalars.count > options.width {
        throw Raise(.valueError, "placeholder too large for max width")
      }
    }
    var scalars = Array((options.expandTabs ? expanded(text, options.tabSize) : text).unicodeScalars)
    if options.replaceWhitespace { scalars = scalars.map { isSpace($0) ? " " : $0 } }
    var pending = Array(chunks(scalars, hyphens: options.breakOnHyphens).reversed())
    var lines: [String] = []
    while !pending.isEmpty {
      var current: [[Unicode.Scalar]] = []
      var length = 0
      let indent = lines.isEmpty ? options.initialIndent : options.subsequentIndent
      let width = options.width - indent.unicodeScalars.count
      if options.dropWhitespace, let next = pending.last, next.allSatisfy(isSpace), !lines.isEmpty {
        pending.removeLast()
      }
      while let next = pending.last, length + next.count <= width {
        current.append(next)
        length += next.count
        pending.removeLast()
      }
      if let next = pending.last, next.count > width {
        let room = max(1, width) - length
        if options.breakLongWords {
          var end = room
          if options.breakOnHyphens, next.count > room, room > 0,
            let hyphen = next[..<room].lastIndex(of: "-"), hyphen > 0,
            next[..<hyphen].contains(where: { $0 != "-" })
          {
            end = hyphen + 1
          }
          if width < 1 { end = 1 }
          current.append(Array(next[..<max(end, 0)]))
          pending[pending.count - 1] = Array(next[max(end, 0)...])
        } else if current.isEmpty {
          current.append(next)
          pending.removeLast()
        }
        length = current.reduce(0) { $0 + $1.count }
      }
      if options.dropWhitespace, let last = current.last, last.allSatisfy(isSpace) {
        length -= last.count
        current.removeLast()
      }
      if current.isEmpty { continue }
      func joined(_ parts: [[Unicode.Scalar]]) -> String {
        var view = String.UnicodeScalarView()
        for part in parts { view.append(contentsOf: part) }
        return indent + String(view)
      }
      let rest = pending.count
      let isLastLine = options.maxLines.map { lines.count + 1 >= $0 } ?? false
      let isDone =
        rest == 0
        || (options.dropWhitespace && rest == 1 && pending[0].allSatisfy(isSpace))
      if !isLastLine || (isDone && length <= width) {
        lines.append(joined(current))
        continue
      }
      let placeholder = options.placeholder
      while let last = current.last {
        if !last.allSatisfy(isSpace), length + placeholder.unicodeScalars.count <= width {
          current.append(Array(placeholder.unicodeScalars))
          lines.append(joined(current))
          return lines
        }
        length -= last.count
        current.removeLast()
      }
      let bare = String(placeholder.drop { $0 == " " })
      if let last = lines.last {
        let trimmed = trimmedRight(last)
        if trimmed.unicodeScalars.count + placeholder.unicodeScalars.count <= options.width {
          lines[lines.count - 1] = trimmed + placeholder
          return lines
        }
      }
      lines.append(indent + bare)
      return lines
    }
    return lines
  }

  private static func trimmedRight(_ text: String) -> String {
    var view = text.unicodeScalars
    while let last = view.last, isSpace(last) { view.removeLast() }
    return String(view)
  }

  private static func expanded(_ text: String, _ size: Int) -> String {
    var result = String.UnicodeScalarView()
    var column = 0
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        let count = size > 0 ? size - column % size : 0
        for _ in 0..<count { result.append(" ") }
        column += count
      } else {
        result.append(scalar)
        column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
      }
    }
    return String(result)
  }

  // MARK: - Whole lines

  /// Lines with their ends.
  private static func lines(_ text: String) -> [String] {
    var result: [String] = []
    var current = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      current.append(scalar)
      if scalar == "\n" {
        result.append(String(current))
        current.removeAll()
      }
    }
    if !current.isEmpty { result.append(String(current)) }
    return result
  }

  static func dedent(_ text: String) -> String {
    let parts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0) }
    func isBlank(_ line: [Unicode.Scalar]) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }
    var margin: [Unicode.Scalar]?
    for line in parts where !isBlank(line) {
      let lead = Array(line.prefix { $0 == " " || $0 == "\t" })
      guard let known = margin else {
        margin = lead
        continue
      }
      margin = Array(zip(known, lead).prefix { $0 == $1 }.map(\.0))
    }
    let count = margin?.count ?? 0
    return parts.map { line in
      var view = String.UnicodeScalarView()
      if !isBlank(line) { view.append(contentsOf: line[count...]) }
      return String(view)
    }.joined(separator: "\n")
  }

  // MARK: - Wrapper objects

  private static let wrapper = TypeTable(
    "TextWrapper", module: "textwrap", doc: "Settings for several paragraphs.",
    methods: [
      Native("__init__(self, width=70, **kwargs)", "The settings.",
        example: "textwrap.TextWrapper(width=20).fill('a text')"
      ) { a in
        _ = try Options(a[1], a.keywords(2), a.machine)
        a[0].asInstance?.setOwn("width", a[1])
        for (name, value) in a.keywords(2) { a[0].asInstance?.setOwn(name, value) }
        return .none
      },
      Native("wrap(self, text)", "The lines of a paragraph.") { a in
        .list(try wrap(a.string(1), options(a)).map { .string($0) })
      },
      Native("fill(self, text)", "The paragraph as one text.") { a in
        .string(try wrap(a.string(1), options(a)).joined(separator: "\n"))
      },
    ])

  private static func options(_ a: Arguments) throws(Raise) -> Options {
    let own = a[0].asInstance?.ownAttributes ?? []
    return try Options(.undefined, own.map { ($0.name, $0.value) }, a.machine)
  }
}
