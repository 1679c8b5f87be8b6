import Display

/// Reads flow charts in Mermaid's language: `graph TB` or `flowchart LR`, nodes with outlines, edges
/// with labels, chains and `&`. Lines that only style, class or link are passed over.
public enum MermaidReader {
  public struct Problem: Error, Equatable, Sendable {
    public let line: Int
    public let text: String
    public let hint: String?
  }

  public static func chart(_ text: String) throws -> FlowChart {
    var reader = Reader()
    var number = 0
    var hasHeader = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      for part in statements(String(line)) {
        let words = part.split(separator: " ", maxSplits: 1)
        guard let first = words.first, !part.hasPrefix("%%"), part != "---" else { continue }
        if !hasHeader {
          guard first == "graph" || first == "flowchart" else {
            throw Problem(
              line: number, text: "'\(first)' is not a chart that is drawn here",
              hint: "A flow chart begins with 'graph TB' or 'flowchart LR'.")
          }
          hasHeader = true
          reader.direction = try direction(words.count > 1 ? String(words[1]) : "TB", number)
          continue
        }
        if ["style", "classDef", "class", "click", "linkStyle", "end", "direction"].contains(first) {
          continue
        }
        if first == "subgraph" { continue }
        try reader.read(part, number)
      }
    }
    guard hasHeader else {
      throw Problem(
        line: 1, text: "there is no chart", hint: "A flow chart begins with 'graph TB'.")
    }
    return FlowChart(reader.nodes, reader.edges, direction: reader.direction)
  }

  private static func direction(_ text: String, _ line: Int) throws -> FlowChart.Direction {
    switch text.filter({ !$0.isWhitespace }) {
    case "TB", "TD", "": return .down
    case "BT": return .up
    case "LR": return .right
    case "RL": return .left
    default:
      throw Problem(
        line: line, text: "'\(text)' is no direction", hint: "Known: TB, TD, BT, LR, RL.")
    }
  }

  /// The parts between semicolons that stand outside of quotes and brackets.
  private static func statements(_ line: String) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    var quoted = false
    for letter in line {
      if letter == "\"" { quoted.toggle() }
      if !quoted, "[({".contains(letter) { depth += 1 }
      if !quoted, "])}".contains(letter) { depth -= 1 }
      if letter == ";", !quoted, depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(letter) }
    }
    return parts.map { trimmed($0) }.filter { !$0.isEmpty }
  }

  fileprivate static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// One statement after the other.
private struct Reader {
  var nodes: [FlowChart.Node] = []
  var edges: [FlowChart.Edge] = []
  var direction = FlowChart.Direction.down
  private var places: [String: Int] = [:]

  mutating func read(_ statement: String, _ line: Int) throws {
    var rest = Substring(statement)
    var from = try group(&rest, line)
    skip(&rest)
    while !rest.isEmpty {
      let link = try link(&rest, line)
      skip(&rest)
      let to = try group(&rest, line)
      skip(&rest)
      for a in from {
        for b in to {
          guard edges.count < 2000 else {
            throw MermaidReader.Problem(line: line, text: "more than 2000 edges", hint: nil)
          }
          edges.append(.init(a, b, label: link.label, hasArrow: link.hasArrow, isDotted: link.isDotted))
        }
      }
      from = to
    }
  }

  private func skip(_ rest: inout Substring) { rest = rest.drop { $0.isWhitespace } }

  /// `a & b[Text]`
  private mutating func group(_ rest: inout Substring, _ line: Int) throws
    -> [Int]
  {
    var group = [try node(&rest, line)]
    skip(&rest)
    while rest.first == "&" {
      rest = rest.dropFirst()
      skip(&rest)
      group.append(try node(&rest, line))
      skip(&rest)
    }
    return group
  }

  private static let outlines: [(open: String, close: String, outline: FlowChart.Outline)] = [
    ("((", "))", .circle), ("([", "])", .round), ("[[", "]]", .box), ("[(", ")]", .cylinder),
    ("{{", "}}", .diamond), ("[/", "/]", .box), ("[\\", "\\]", .box), ("(", ")", .round),
    ("[", "]", .box), ("{", "}", .diamond), (">", "]", .box),
  ]

  private mutating func node(_ rest: inout Substring, _ line: Int) throws
    -> Int
  {
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    guard !name.isEmpty else {
      throw MermaidReader.Problem(
        line: line, text: "a node is needed before '\(rest.prefix(12))'",
        hint: "For example: a[Text] --> b")
    }
    rest = rest[name.endIndex...]
    let key = String(name)
    if places[key] == nil {
      guard nodes.count < 1000 else { throw MermaidReader.Problem(line: line, text: "more than 1000 nodes", hint: nil) }
      places[key] = nodes.count
      nodes.append(.init(key))
    }
    let place = places[key] ?? 0
    if rest.hasPrefix(":::") {
      rest = rest.dropFirst(3)
      rest = rest.drop { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    for form in Self.outlines where rest.hasPrefix(form.open) {
      let inner = rest.dropFirst(form.open.count)
      let isQuoted = inner.first == "\""
      guard let end = isQuoted ? Self.find("\"" + form.close, in: inner.dropFirst()) : Self.find(form.close, in: inner)
      else {
        throw MermaidReader.Problem(
          line: line, text: "'\(form.open)' is not closed by '\(form.close)'", hint: nil)
      }
      var label = isQuoted ? inner.dropFirst()[..<end] : inner[..<end]
      rest = rest[rest.index(end, offsetBy: form.close.count + (isQuoted ? 1 : 0))...]
      if label.hasSuffix("\"") { label = label.dropLast() }
      nodes[place].label = MermaidReader.trimmed(label)
      nodes[place].outline = form.outline
      break
    }
    if rest.hasPrefix(":::") {
      rest = rest.dropFirst(3).drop { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return place
  }

  private static func find(_ text: String, in rest: Substring) -> Substring.Index? {
    var place = rest.startIndex
    while place < rest.endIndex {
      if rest[place...].hasPrefix(text) { return place }
      place = rest.index(after: place)
    }
    return nil
  }

  /// `-->`, `---`, `-.->`, `==>`, `-- text -->`, `-->|text|`.
  private func link(_ rest: inout Substring, _ line: Int) throws
    -> (label: String, hasArrow: Bool, isDotted: Bool)
  {
    let strokes = rest.prefix { "-=.<>ox~".contains($0) }
    var sign = String(strokes)
    // `o` and `x` belong to the sign only right after a stroke.
    if let last = sign.last, "ox".contains(last), rest[strokes.endIndex...].first?.isLetter == true {
      sign.removeLast()
    }
    guard sign.count >= 2, sign.contains(where: { "-=~".contains($0) }) else {
      throw MermaidReader.Problem(
        line: line, text: "an arrow is needed before '\(rest.prefix(12))'",
        hint: "For example: a --> b, a -- text --> b")
    }
    rest = rest.dropFirst(sign.count)
    let isDotted = sign.contains(".")
    if sign.hasSuffix(">") || sign.hasSuffix("x") || sign.hasSuffix("o") || sign.count > 2 && sign != "-.-" || sign == "-.-" {
      var label = ""
      skip(&rest)
      if rest.first == "|", let end = Self.find("|", in: rest.dropFirst()) {
        label = MermaidReader.trimmed(rest.dropFirst()[..<end])
        rest = rest[rest.index(after: end)...]
      }
      return (unquoted(label), sign.hasSuffix(">"), isDotted)
    }
    // The text stands between two halves of the arrow.
    for close in ["-->", "---", "==>", "===", ".->", "-.->", ".-"] {
      if let end = Self.find(close, in: rest), isDotted == close.contains(".") || sign == "--" {
        let label = MermaidReader.trimmed(rest[..<end])
        rest = rest[rest.index(end, offsetBy: close.count)...]
        if rest.first == ">" { rest = rest.dropFirst() }
        return (unquoted(label), close.hasSuffix(">"), isDotted)
      }
    }
    throw MermaidReader.Problem(line: line, text: "the arrow '\(sign)' has no end", hint: "a -- text --> b")
  }

  private func unquoted(_ text: String) -> String {
    text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }
}
