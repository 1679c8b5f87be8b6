/// The texts of labels: beside tables, and as objects of their own.
public enum IndexText {
  /// The labels of one level, the name first when asked for.
  static func flat(_ labels: Labels, _ options: PrintingOptions, name: Bool) throws -> [String] {
    let head = name ? [labels.name == .null ? "" : ValueTexts.escaped(labels.name.shown)] : []
    if labels.isMulti { return head + labels.cells.map(\.shown) }
    if labels.isRange {
      let texts = labels.cells.map(\.shown)
      let most = texts.map(ValueTexts.width).max() ?? 0
      return head + texts.map { ValueTexts.justified($0, most, .left) }
    }
    return head + (try texts(labels.vector, options))
  }

  static func texts(_ vector: Vector, _ options: PrintingOptions) throws -> [String] {
    switch vector.type {
    case .string, .object, .category, .nullable:
      return vector.cells.map { $0 == .missing ? "NaN" : ValueTexts.escaped($0.shown) }
    case .date: return ValueTexts.dates(vector)
    case .bool:
      let texts = vector.cells.map(\.shown)
      let most = texts.map(ValueTexts.width).max() ?? 0
      return texts.map { ValueTexts.justified($0, most, .left) }
    default:
      var options = options
      options.maxColumnWidth = nil
      var texts = try ValueTexts.unaligned(vector, options, true, "NaN")
      if vector.type.isSpan { return texts }
      let most = texts.map(ValueTexts.width).max() ?? 0
      texts = texts.map { ValueTexts.justified($0, most, .left) }
      while !texts.isEmpty, texts.allSatisfy({ $0.hasPrefix(" ") }) {
        texts = texts.map { String($0.dropFirst()) }
      }
      return texts
    }
  }

  /// The levels of labels, each a list of lines.
  static func levels(
    _ labels: Labels, _ options: PrintingOptions, names: Bool, sparse: Bool
  ) throws -> [[String]] {
    let lists = try labels.levels.enumerated().map { place, level in
      (names ? [labels.names[place] == .null ? "" : labels.names[place].shown] : [])
        + (try levelTexts(level, options))
    }
    return sparse ? sparsified(lists, start: names ? 1 : 0) : lists
  }

  /// A missing text among several levels is `nan`.
  private static func levelTexts(
    _ level: Vector, _ options: PrintingOptions
  ) throws -> [String] {
    let shown = try texts(level, options)
    guard level.type == .string || level.type == .object else { return shown }
    let missing = level.isMissing()
    return shown.indices.map { missing[$0] && shown[$0] == "NaN" ? "nan" : shown[$0] }
  }

  /// A label is left out where it and all before it repeat those above.
  static func sparsified(_ lists: [[String]], start: Int) -> [[String]] {
    guard let height = lists.first?.count, height > start + 1 else { return lists }
    var result = lists
    for row in (start + 1)..<height {
      for level in 0..<(lists.count - 1) {
        guard lists[level][row] == lists[level][row - 1] else { break }
        result[level][row] = ""
      }
    }
    return result
  }

  // MARK: - As an object

  public static func repr(_ labels: Labels) -> String {
    switch labels.content {
    case .range(let start, let count, let step):
      let stop = start + count * step
      let name = labels.name == .null ? "" : ", name=\(labels.name.reprText)"
      return "RangeIndex(start=\(start), stop=\(stop), step=\(step)\(name))"
    case .levels: return multi(labels)
    case .flat(let vector): return flat(labels, vector)
    }
  }

  private static func flat(_ labels: Labels, _ vector: Vector) -> String {
    let kind = labels.kindName
    var isQuoted = true
    var items: [String]
    switch vector.type {
    case .date: items = ValueTexts.dates(vector).map { $0 == "NaT" ? "NaT" : "'\($0)'" }
    case .span: items = ValueTexts.spans(vector).map { $0 == "NaT" ? "NaT" : "'\($0)'" }
    case .floating:
      items = vector.cells.map { $0.isMissing ? "nan" : $0.shown }
      isQuoted = false
    case .integer, .bool:
      items = vector.cells.map(\.shown)
      isQuoted = false
    default:
      items = vector.cells.map { cell in
        if case .interval = cell { return cell.shown }
        return cell == .missing ? "nan" : cell.reprText
      }
    }
    var attributes: [String] = []
    if let categories = vector.type.categories {
      let shown = categories.values.cells.prefix(10).map { cell in
        if case .interval = cell { return cell.shown }
        return cell.reprText
      }
      attributes.append(
        "categories=[" + shown.joined(separator: ", ")
          + (categories.values.count > 10 ? ", ..." : "") + "]")
      attributes.append("ordered=\(categories.isOrdered ? "True" : "False")")
    }
    attributes.append("dtype='\(vector.typeName)'")
    if labels.name != .null { attributes.append("name=\(labels.name.reprText)") }
    if vector.type.isDate || vector.type.isSpan {
      attributes.append("freq=" + (labels.frequency.map { "'\($0)'" } ?? "None"))
    }
    let cut = items.count > 100
    if cut { attributes.append("length=\(items.count)") }
    let body = summary(items, kind: kind, isJustified: isQuoted == false || vector.type != .string && !vector.type.isDate ? true : true)
    return join(kind, body, attributes)
  }

  /// The items in lines of 80 characters, in columns of one width where there are several lines.
  static func summary(_ items: [String], kind: String, isJustified: Bool, width: Int = 80) -> String {
    let count = items.count
    if count == 0 { return "[], " }
    if count == 1 { return "[\(items[0])], " }
    let indent = String(repeating: " ", count: kind.count + 2)
    let secondIndent = indent
    let cut = count > 100
    var head = cut ? Array(items.prefix(10)) : Array(items.dropLast(0))
    var tail: [String] = cut ? Array(items.suffix(10)) : []
    if !cut { tail = []; head = items }
    let space = width
    // One line when all of it fits.
    let total = (head + tail).reduce(0) { $0 + $1.unicodeScalars.count + 2 }
    let isLong = cut || total + indent.count > space
    if isLong, isJustified {
      let most = (head + tail).map(ValueTexts.width).max() ?? 0
      head = head.map { ValueTexts.justified($0, most, .right) }
      tail = tail.map { ValueTexts.justified($0, most, .right) }
    }
    var result = ""
    var line = indent
    func add(_ value: String, _ prefix: String) {
      if (line + trimmedRight(value)).unicodeScalars.count >= space {
        result += trimmedRight(line) + "\n"
        line = prefix + value
      } else {
        line += value
      }
    }
    if cut {
      for item in head { add(item + ", ", secondIndent) }
      result += trimmedRight(line) + "\n" + indent + "..."
      line = "\n" + indent
      // The line begins anew behind the dots.
      result += ""
      var rest = ""
      line = indent
      for item in tail.dropLast() {
        let value = item + ", "
        if (line + trimmedRight(value)).unicodeScalars.count >= space {
          rest += trimmedRight(line) + "\n"
          line = secondIndent + value
        } else {
          line += value
        }
      }
      let last = tail.last ?? ""
      if (line + last).unicodeScalars.count >= space - 1 {
        rest += trimmedRight(line) + "\n" + secondIndent + last
      } else {
        rest += line + last
      }
      result += "\n" + rest + "],\n" + String(repeating: " ", count: kind.count + 1)
      return "[" + String(result.dropFirst(indent.count))
    }
    for item in head.dropLast() { add(item + ", ", secondIndent) }
    let last = head.last ?? ""
    if (line + last).unicodeScalars.count >= space - 1 {
      result += trimmedRight(line) + "\n"
      line = secondIndent + last
    } else {
      line += last
    }
    result += line
    result = "[" + String(result.dropFirst(indent.count)) + "]"
    // Attributes go to a line of their own when the items took more than one line.
    return result + (result.contains("\n") || isLong ? ",\n" + String(repeating: " ", count: kind.count + 1) : ", ")
  }

  private static func trimmedRight(_ text: String) -> String {
    var text = text
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  private static func join(_ kind: String, _ body: String, _ attributes: [String]) -> String {
    // An attribute that would reach beyond 80 characters goes to the next line.
    let indent = String(repeating: " ", count: kind.count + 1)
    var result = kind + "(" + body
    var line = result.unicodeScalars.count
    if let last = result.lastIndex(of: "\n") {
      line = result[result.index(after: last)...].unicodeScalars.count
    }
    for (place, attribute) in attributes.enumerated() {
      let piece = attribute + (place < attributes.count - 1 ? "," : ")")
      if line + piece.unicodeScalars.count > 80, line > indent.count {
        result = trimmedRight(result) + "\n" + indent + piece
        line = indent.count + piece.unicodeScalars.count
      } else {
        result += (place > 0 ? " " : "") + piece
        line += piece.unicodeScalars.count + (place > 0 ? 1 : 0)
      }
    }
    return result
  }

  private static func multi(_ labels: Labels) -> String {
    let texts = labels.levels.map { level -> [String] in
      var items = level.type.isDate
        ? ValueTexts.dates(level).map { "'\($0)'" }
        : level.cells.map { $0 == .missing ? "nan" : $0.text != nil ? $0.reprText : $0.shown }
      let most = items.map(ValueTexts.width).max() ?? 0
      items = items.map { ValueTexts.justified($0, most, .right) }
      return items
    }
    var rows = (0..<labels.count).map { row in
      "(" + texts.map { $0[row] }.joined(separator: ", ") + (texts.count == 1 ? ",)" : ")")
    }
    let cut = rows.count > 100
    if cut { rows = Array(rows.prefix(10)) + ["..."] + Array(rows.suffix(10)) }
    let indent = "\n" + String(repeating: " ", count: 12)
    var body = "["
    for (place, row) in rows.enumerated() {
      if place > 0 { body += rows[place - 1] == "..." || row == "..." ? (row == "..." ? "," : "") : "," }
      if place > 0 {
        body += indent
      }
      body += row
    }
    body += "],"
    if labels.count == 0 { body = "[]," }
    var attributes: [String] = []
    if labels.hasNames {
      attributes.append("names=[" + labels.names.map(\.reprText).joined(separator: ", ") + "]")
    }
    if cut { attributes.append("length=\(labels.count)") }
    if attributes.isEmpty {
      return "MultiIndex(" + body + indent.dropLast() + ")"
    }
    return "MultiIndex(" + body + indent.dropLast() + attributes.joined(separator: ", ") + ")"
  }
}
