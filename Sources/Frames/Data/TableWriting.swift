/// Tables as CSV and JSON.
public enum TableWriting {
  public static func csv(
    _ frame: DataFrame, separator: String = ",", index: Bool = true, header: Bool = true,
    missing: String = "", indexLabel: [String]? = nil, quotesAll: Bool = false,
    quotesTexts: Bool = false,
    floatFormat: ((Double) throws -> String)? = nil, dateFormat: String? = nil
  ) throws -> String {
    func quoted(_ text: String, force: Bool = false) -> String {
      let needs =
        force || text.contains(separator) || text.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      return needs ? "\"" + text.replacingAll("\"", "\"\"") + "\"" : text
    }
    func texts(_ vector: Vector) throws -> [String] {
      if vector.type.isDate, dateFormat == nil { return ValueTexts.dates(vector).map { $0 == "NaT" ? missing : $0 } }
      return try vector.cells.map { cell in
        if cell.isMissing { return quotesAll ? "\"\(missing)\"" : missing }
        if case .float(let value) = cell, let floatFormat { return try floatFormat(value) }
        if case .date(let micros) = cell, let dateFormat { return Moment(micros).formatted(dateFormat) }
        return quoted(cell.plainText ?? missing, force: quotesAll || quotesTexts && !cell.isNumber)
      }
    }
    var columns = try frame.columns.map(texts)
    var heads = (0..<frame.labels.levelCount).map { level in
      frame.labels.levels[level].cells.map { quoted($0.isMissing ? "" : $0.shown, force: quotesAll || quotesTexts) }
    }
    if index {
      let levels = try frame.index.levels.map(texts)
      columns = levels + columns
      let names = indexLabel ?? frame.index.names.map { $0 == .null ? "" : $0.shown }
      for level in heads.indices {
        let own: [String]
        if heads.count > 1 {
          let label = frame.labels.names[level] == .null ? "" : frame.labels.names[level].shown
          own = [label] + [String](repeating: "", count: levels.count - 1)
        } else {
          own = names.map { quoted($0, force: quotesAll || quotesTexts) }
        }
        heads[level] = own + heads[level]
      }
    }
    var lines: [String] = header ? heads.map { $0.joined(separator: separator) } : []
    if header, heads.count > 1, index, frame.index.hasNames {
      lines.append(
        (frame.index.names.map { $0 == .null ? "" : $0.shown }
          + [String](repeating: "", count: frame.columnCount)).joined(separator: separator))
    }
    for row in 0..<frame.rowCount {
      let line = columns.map { $0[row] }.joined(separator: separator)
      lines.append(line.isEmpty && columns.count == 1 ? "\"\"" : line)
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  // MARK: - JSON

  static func json(_ cell: Cell) -> String {
    switch cell {
    case .int(let value): return String(value)
    case .float(let value):
      guard value.isFinite else { return "null" }
      return number(value)
    case .bool(let flag): return flag ? "true" : "false"
    case .string(let text): return string(text)
    case .date(let micros): return string(Moment(micros).dateText + "T" + Moment(micros).timeText.prefix(8) + "." + SpanText.padded(Moment(micros).microsecond / 1000, 3))
    case .span(let micros): return String(micros / 1000)
    case .other(let cell):
      if let items = cell.items { return "[" + items.map(json).joined(separator: ",") + "]" }
      return string(cell.text)
    case .tuple(let cells): return "[" + cells.map(json).joined(separator: ",") + "]"
    default: return cell.isMissing ? "null" : string(cell.shown)
    }
  }

  /// Ten digits behind the point, as pandas writes them.
  private static func number(_ value: Double) -> String {
    let rounded = Vector.rounded(value, 10)
    return shortestText(rounded)
  }

  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "/": result += "\\/"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value > 0x7E {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func key(_ cell: Cell) -> String {
    if case .date = cell { return json(cell) }
    return string(cell.shown)
  }

  public static func json(_ frame: DataFrame, orient: String, lines: Bool = false) throws -> String {
    func object(_ row: Int) -> String {
      "{" + (0..<frame.columnCount).map { key(frame.labels[$0]) + ":" + json(frame.columns[$0][row]) }
        .joined(separator: ",") + "}"
    }
    switch orient {
    case "records":
      let rows = (0..<frame.rowCount).map(object)
      return lines
        ? rows.map { $0 + "\n" }.joined() : "[" + rows.joined(separator: ",") + "]"
    case "index":
      return "{" + (0..<frame.rowCount).map { key(frame.index[$0]) + ":" + object($0) }
        .joined(separator: ",") + "}"
    case "values":
      return "[" + (0..<frame.rowCount).map { row in
        "[" + frame.columns.map { json($0[row]) }.joined(separator: ",") + "]"
      }.joined(separator: ",") + "]"
    case "split":
      return "{\"columns\":[" + frame.labels.cells.map(json).joined(separator: ",") + "],\"index\":["
        + frame.index.cells.map(json).joined(separator: ",") + "],\"data\":"
        + (try json(frame, orient: "values")) + "}"
    case "columns":
      return "{" + (0..<frame.columnCount).map { place in
        key(frame.labels[place]) + ":{"
          + (0..<frame.rowCount).map { key(frame.index[$0]) + ":" + json(frame.columns[place][$0]) }
          .joined(separator: ",") + "}"
      }.joined(separator: ",") + "}"
    default:
      throw FrameError.raised(.value, "Invalid value '\(orient)' for option 'orient'")
    }
  }

  /// The same JSON over several lines, each level `width` blanks further in, as pandas indents.
  public static func indented(_ json: String, _ width: Int) -> String {
    guard width > 0, width <= 100 else { return json }
    var out = ""
    var depth = 0
    var isInText = false
    var isEscaped = false
    var previous: Character = " "
    func line() { out += "\n" + String(repeating: " ", count: max(0, depth) * width) }
    for character in json {
      if isInText {
        out.append(character)
        if isEscaped { isEscaped = false } else if character == "\\" { isEscaped = true } else if character == "\"" { isInText = false }
        previous = character
        continue
      }
      switch character {
      case "\"":
        if previous == "{" || previous == "[" { line() }
        isInText = true
        out.append(character)
      case "{", "[":
        if previous == "{" || previous == "[" { line() }
        out.append(character)
        depth += 1
      case "}", "]":
        depth -= 1
        if previous != "{", previous != "[" { line() }
        out.append(character)
      case ",":
        out.append(character)
        line()
      default:
        if previous == "{" || previous == "[" { line() }
        out.append(character)
      }
      previous = character
    }
    return out
  }

  public static func json(_ series: Series, orient: String) throws -> String {
    switch orient {
    case "records", "values":
      return "[" + series.values.cells.map(json).joined(separator: ",") + "]"
    case "split":
      return "{\"name\":\(json(series.name)),\"index\":[" + series.index.cells.map(json).joined(separator: ",")
        + "],\"data\":[" + series.values.cells.map(json).joined(separator: ",") + "]}"
    default:
      return "{" + (0..<series.count).map { key(series.index[$0]) + ":" + json(series.values[$0]) }
        .joined(separator: ",") + "}"
    }
  }
}

extension String {
  /// All occurrences of a text replaced.
  public func replacingAll(_ old: String, _ new: String) -> String {
    if old.isEmpty {
      return new + map { String($0) + new }.joined()
    }
    let bytes = Array(utf8)
    let wanted = Array(old.utf8)
    guard wanted.count <= bytes.count else { return self }
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if place + wanted.count <= bytes.count, bytes[place] == wanted[0],
        bytes[place..<place + wanted.count].elementsEqual(wanted)
      {
        result += new.utf8
        place += wanted.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
