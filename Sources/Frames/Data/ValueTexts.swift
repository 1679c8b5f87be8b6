/// How tables are printed: pandas' `display` options.
public struct PrintingOptions {
  public var maxRows: Int? = 60
  public var minRows: Int? = 10
  /// 0: as many as fit into the width, as in a terminal; nil or more: wide tables go on below.
  public var maxColumns: Int? = 0
  public var width: Int? = 80
  public var maxColumnWidth: Int? = 50
  public var precision = 6
  /// Whether wide tables go on below (`expand_frame_repr`).
  public var wraps = true
  public var floatFormat: ((Double) throws -> String)?
  public var showsDimensions: Bool?
  public init() {}
}

/// The texts of a column's cells as pandas prints them, before they are aligned.
/// Source: pandas, `io/formats/format.py`.
public enum ValueTexts {
  /// The texts of a column in a table or series.
  ///
  /// - Parameters:
  ///   - leadingSpace: the place of the sign before numbers, a blank before everything else.
  ///   - missing: what stands for missing numbers and texts.
  public static func texts(
    _ vector: Vector, _ options: PrintingOptions, leadingSpace: Bool? = true,
    missing: String = "NaN"
  ) throws -> [String] {
    let result = try unaligned(vector, options, leadingSpace, missing)
    return fixedWidth(result, options, justify: .right)
  }

  static func unaligned(
    _ vector: Vector, _ options: PrintingOptions, _ leadingSpace: Bool?, _ missing: String
  ) throws -> [String] {
    let spaced = leadingSpace ?? false
    switch vector.type {
    case .integer:
      guard case .int(let values) = vector.storage else { return [] }
      return values.map { spaced && $0 >= 0 ? " \($0)" : "\($0)" }
    case .floating:
      guard case .float(let values) = vector.storage else { return [] }
      if let format = options.floatFormat {
        return try values.map { $0.isNaN ? missing : try format($0) }
      }
      var texts = ColumnTexts(digits: options.precision, leadingSpace: spaced, maxWidth: nil)
        .texts(of: .float(values))
      if missing != "NaN" {
        for (row, value) in values.enumerated() where value.isNaN {
          texts[row] = (spaced ? " " : "") + missing
        }
      }
      return texts
    case .date: return dates(vector)
    case .span: return spans(vector)
    case .category(let categories):
      // The texts are those of the values as objects: each on its own.
      if categories.values.intervalType != nil, vector.missingCount > 0 {
        let cells = vector.cells.map { cell -> Cell in
          if case .interval(var interval) = cell {
            interval.isWhole = false
            return .interval(interval)
          }
          return cell
        }
        return try objects(cells, options, leadingSpace, missing)
      }
      if categories.values.type.isDate { return dates(try Vector(cells: vector.cells, as: .date(unit: "us"))) }
      return try objects(vector.cells, options, leadingSpace, missing)
    case .nullable:
      return try objects(vector.cells, options, leadingSpace, missing)
    case .bool, .string, .object:
      return try objects(vector.cells, options, leadingSpace, missing)
    }
  }

  private static func objects(
    _ cells: [Cell], _ options: PrintingOptions, _ leadingSpace: Bool?, _ missing: String
  ) throws -> [String] {
    let spaced = leadingSpace ?? cells.contains { if case .float = $0 { true } else { false } }
    return try cells.map { cell in
      if case .float(let value) = cell, !value.isNaN {
        if let format = options.floatFormat { return (spaced ? " " : "") + (try format(value)) }
        return trimmedAlone(ColumnTexts.fixed(value, digits: options.precision))
      }
      let text: String
      switch cell {
      case .missing, .float: text = missing
      default: text = escaped(cell.shown)
      }
      return leadingSpace == false ? text : " " + text
    }
  }

  static func dates(_ vector: Vector) -> [String] {
    guard case .int(let values) = vector.storage else { return [] }
    let onlyDays = values.allSatisfy { $0 == Vector.notATime || $0 % Moment.day == 0 }
    let hasFraction = values.contains { $0 != Vector.notATime && $0 % 1_000_000 != 0 }
    return values.map { value in
      if value == Vector.notATime { return "NaT" }
      let moment = Moment(value)
      if onlyDays { return moment.dateText }
      let base = moment.dateText + " " + String(moment.timeText.prefix(8))
      guard hasFraction else { return base }
      let isMilli = values.allSatisfy { $0 == Vector.notATime || $0 % 1000 == 0 }
      return base + "."
        + (isMilli
          ? SpanText.padded(moment.microsecond / 1000, 3) : SpanText.padded(moment.microsecond, 6))
    }
  }

  static func spans(_ vector: Vector) -> [String] {
    guard case .int(let values) = vector.storage else { return [] }
    let onlyDays = values.allSatisfy { $0 == Vector.notATime || $0 % Moment.day == 0 }
    return values.map {
      $0 == Vector.notATime ? "NaT" : onlyDays ? SpanText.days($0) : SpanText.long($0)
    }
  }

  /// Each cell as `str` has it: what `astype(str)` and CSV files hold.
  public static func plain(_ vector: Vector) -> [String] {
    if vector.type.isDate { return dates(vector) }
    return vector.cells.map(\.shown)
  }

  private static func trimmedAlone(_ text: String) -> String {
    guard text.utf8.contains(0x2E), !text.utf8.contains(0x65) else { return text }
    let cut = text.dropLast(text.utf8.reversed().prefix { $0 == 0x30 }.count)
    return cut.hasSuffix(".") ? cut + "0" : String(cut)
  }

  /// Line ends and tabs as `\n`, `\r`, `\t`.
  public static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: - Widths

  public enum Justify { case left, right, center }

  static func width(_ text: String) -> Int { text.unicodeScalars.count }

  static func justified(_ text: String, _ width: Int, _ how: Justify) -> String {
    let lacking = width - self.width(text)
    guard lacking > 0 else { return text }
    switch how {
    case .left: return text + String(repeating: " ", count: lacking)
    case .right: return String(repeating: " ", count: lacking) + text
    case .center:
      // As Python's `str.center`: the odd blank goes to the left when the width is odd.
      let left = lacking / 2 + (lacking & width & 1)
      return String(repeating: " ", count: left) + text
        + String(repeating: " ", count: lacking - left)
    }
  }

  /// All texts in the width of the longest, which ends in `...` beyond the limit.
  static func fixedWidth(
    _ texts: [String], _ options: PrintingOptions, justify: Justify, minimum: Int = 0
  ) -> [String] {
    guard !texts.isEmpty else { return texts }
    var most = max(minimum, texts.lazy.map(width).max() ?? 0)
    let limit = options.maxColumnWidth
    if let limit, most > limit { most = limit }
    return texts.map { text in
      if let limit, limit > 3, width(text) > most {
        let scalars = Array(text.unicodeScalars.prefix(max(0, most - 3)))
        return String(String.UnicodeScalarView(scalars)) + "..."
      }
      return justified(text, most, justify)
    }
  }

  /// Columns of lines beside each other, with `space` between them.
  static func adjoin(_ space: Int, _ lists: [[String]]) -> String {
    let height = lists.map(\.count).max() ?? 0
    var lines = [String](repeating: "", count: height)
    for (place, list) in lists.enumerated() {
      let most = list.lazy.map(width).max() ?? 0
      let full = place < lists.count - 1 ? most + space : most
      for row in 0..<height {
        lines[row] += row < list.count ? justified(list[row], full, .left)
          : String(repeating: " ", count: full)
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension ColumnTexts {
  /// A number with a fixed count of digits behind the point and the place of the sign.
  static func fixed(_ value: Double, digits: Int) -> String {
    if value.isInfinite { return value < 0 ? "-inf" : " inf" }
    let text = formatted(value, digits: digits, exponent: false)
    return text.hasPrefix("-") ? text : " " + text
  }
}
