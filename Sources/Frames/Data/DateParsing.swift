/// Texts and numbers as moments.
public enum DateParsing {
  /// The moments of a column of texts, numbers (nanoseconds) or moments.
  ///
  /// - Parameters:
  ///   - format: as `strftime` has it; nil takes ISO 8601 and the usual other orders.
  ///   - coerce: what cannot be read is missing.
  public static func micros(
    _ vector: Vector, format: String? = nil, coerce: Bool = false, dayFirst: Bool = false,
    unit: String? = nil
  ) throws -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(vector.count)
    var style: Style?
    for row in 0..<vector.count {
      let cell = vector[row]
      switch cell {
      case .date(let micros): result.append(micros)
      case .int, .float:
        let scale = SpanParsing.unitMicros[unit ?? "ns"] ?? 0.001
        let value = (cell.number ?? .nan) * scale
        result.append(value.isNaN ? Vector.notATime : Int(exactly: value.rounded(.down)) ?? Vector.notATime)
      case .string(let text):
        if let format, format != "ISO8601", format != "mixed" {
          if let value = parse(text, format: format) {
            result.append(value)
          } else if coerce {
            result.append(Vector.notATime)
          } else {
            throw FrameError.raised(
              .value, mismatch(text, format, row))
          }
          continue
        }
        guard let (value, found) = guess(text, dayFirst: dayFirst) else {
          if ["", "nan", "nat", "none", "null"].contains(text.lowercased()) || coerce {
            result.append(Vector.notATime)
            continue
          }
          if let style {
            throw FrameError.raised(.value, mismatch(text, style.format, row))
          }
          throw FrameError.raised(
            .dateParse, "Unknown datetime string format, unable to parse: \(text), at position \(row)")
        }
        if let style, style != found, format == nil {
          // Another order than the first one's: the format is settled by the first text.
          guard let value = parse(text, format: style.format) else {
            if coerce {
              result.append(Vector.notATime)
              continue
            }
            throw FrameError.raised(.value, mismatch(text, style.format, row))
          }
          result.append(value)
          continue
        }
        if style == nil { style = found }
        result.append(value)
      default:
        if cell.isMissing || coerce {
          result.append(Vector.notATime)
        } else {
          throw FrameError.raised(
            .type, "<class '\(cell.typeName)'> is not convertible to datetime, at position \(row)")
        }
      }
    }
    return result
  }

  private static func mismatch(_ text: String, _ format: String, _ row: Int) -> String {
    var rest = ""
    if case .unconverted(let left) = parseResult(text, format: format) { rest = left }
    let head =
      rest.isEmpty
      ? "time data \"\(text)\" doesn't match format \"\(format)\""
      : "unconverted data remains when parsing with format \"\(format)\": \"\(rest)\""
    return head
      + ". You might want to try:\n"
      + "    - passing `format` if your strings have a consistent format;\n"
      + "    - passing `format='ISO8601'` if your strings are all ISO8601 but not necessarily in "
      + "exactly the same format;\n"
      + "    - passing `format='mixed'`, and the format will be inferred for each element "
      + "individually. You might want to use `dayfirst` alongside this."
  }

  /// How the parts of a text follow each other.
  struct Style: Equatable { let format: String }

  /// A moment from a text alone: ISO 8601, `month/day/year`, names of months.
  public static func micros(of text: String, dayFirst: Bool = false) -> Int? {
    guess(text, dayFirst: dayFirst)?.0
  }

  static func guess(_ text: String, dayFirst: Bool) -> (Int, Style)? {
    let text = text.trimmingBlanks
    guard let first = text.unicodeScalars.first else { return nil }
    let formats: [String]
    if first.isASCIIDigit {
      let digits = text.unicodeScalars.prefix { $0.isASCIIDigit }.count
      if digits == 4 {
        formats = Self.iso
      } else if digits == 8 || digits == 6 || digits == 14 {
        formats = ["%Y%m%d", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S"]
      } else {
        formats = dayFirst ? Self.dayFirst + Self.monthFirst : Self.monthFirst + Self.dayFirst
      }
    } else {
      formats = Self.named
    }
    for format in formats {
      if let value = parse(text, format: format) { return (value, Style(format: format)) }
    }
    return nil
  }

  private static func withTimes(_ dates: [String], _ separators: [String] = [" "]) -> [String] {
    dates + dates.flatMap { date in
      separators.flatMap { separator in
        ["%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%H:%M:%SZ", "%H:%M:%S.%fZ", "%I:%M:%S %p", "%I:%M %p"].map { date + separator + $0 }
      }
    }
  }
  private static let iso =
    withTimes(["%Y-%m-%d"], [" ", "T"]) + withTimes(["%Y/%m/%d", "%Y.%m.%d"])
    + ["%Y-%m", "%Y", "%Y/%m", "%Y%m%d"]
  private static let monthFirst =
    withTimes(["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"])
  private static let dayFirst =
    withTimes(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"])
    + withTimes(["%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y"]) + ["%d %b, %Y"]
  private static let named =
    withTimes(["%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y"])
    + ["%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%b-%y", "%A, %B %d, %Y", "%a %d %b %Y"]

  enum Outcome {
    case value(Int)
    case mismatch
    case unconverted(String)
  }

  public static func parse(_ text: String, format: String) -> Int? {
    if case .value(let micros) = parseResult(text, format: format) { return micros }
    return nil
  }

  static func parseResult(_ text: String, format: String) -> Outcome {
    let s = Array(text.unicodeScalars)
    var place = 0
    var year = 1900
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var micro = 0
    var isAfternoon: Bool?
    var offset = 0
    var dayOfYear: Int?

    func number(_ most: Int, least: Int = 1) -> Int? {
      var value = 0
      var count = 0
      while place < s.count, count < most, s[place].isASCIIDigit {
        value = value * 10 + Int(s[place].value - 48)
        place += 1
        count += 1
      }
      return count >= least ? value : nil
    }
    func name(_ names: [String], short: Bool) -> Int? {
      for (index, name) in names.enumerated() {
        let wanted = Array((short ? String(name.prefix(3)) : name).lowercased().unicodeScalars)
        if place + wanted.count <= s.count,
          zip(wanted, s[place..<place + wanted.count]).allSatisfy({
            $0.value == ($1.value >= 65 && $1.value <= 90 ? $1.value + 32 : $1.value)
          })
        {
          place += wanted.count
          return index
        }
      }
      return nil
    }

    var format = Array(format.unicodeScalars)[...]
    while let scalar = format.popFirst() {
      guard scalar == "%" else {
        guard place < s.count, s[place] == scalar else { return .mismatch }
        place += 1
        continue
      }
      guard let code = format.popFirst() else { return .mismatch }
      switch code {
      case "Y":
        guard let value = number(4, least: 4) else { return .mismatch }
        year = value
      case "y":
        guard let value = number(2, least: 2) else { return .mismatch }
        year = value < 69 ? 2000 + value : 1900 + value
      case "m":
        guard let value = number(2), (1...12).contains(value) else { return .mismatch }
        month = value
      case "d":
        guard let value = number(2), (1...31).contains(value) else { return .mismatch }
        day = value
      case "H":
        guard let value = number(2), value < 24 else { return .mismatch }
        hour = value
      case "I":
        guard let value = number(2), (1...12).contains(value) else { return .mismatch }
        hour = value
      case "M":
        guard let value = number(2), value < 60 else { return .mismatch }
        minute = value
      case "S":
        guard let value = number(2), value < 60 else { return .mismatch }
        second = value
      case "f":
        let start = place
        guard let value = number(9) else { return .mismatch }
        var scaled = value
        var digits = place - start
        while digits < 6 {
          scaled *= 10
          digits += 1
        }
        while digits > 6 {
          scaled /= 10
          digits -= 1
        }
        micro = scaled
      case "p":
        guard place + 2 <= s.count, let letter = Optional(s[place]) else { return .mismatch }
        isAfternoon = letter == "P" || letter == "p"
        place += 2
      case "b", "h":
        guard let value = name(Moment.monthNames, short: true) else { return .mismatch }
        month = value + 1
      case "B":
        guard let value = name(Moment.monthNames, short: false) else { return .mismatch }
        month = value + 1
      case "a": guard name(Moment.dayNames, short: true) != nil else { return .mismatch }
      case "A": guard name(Moment.dayNames, short: false) != nil else { return .mismatch }
      case "j":
        guard let value = number(3) else { return .mismatch }
        dayOfYear = value
      case "Z" where place < s.count && s[place] == "Z": place += 1
      case "z":
        guard place < s.count else { return .mismatch }
        if s[place] == "Z" {
          place += 1
        } else {
          let isNegative = s[place] == "-"
          place += 1
          guard let hours = number(2, least: 2) else { return .mismatch }
          if place < s.count, s[place] == ":" { place += 1 }
          guard let minutes = number(2, least: 2) else { return .mismatch }
          offset = (hours * 60 + minutes) * 60_000_000 * (isNegative ? -1 : 1)
        }
      case "%":
        guard place < s.count, s[place] == "%" else { return .mismatch }
        place += 1
      default: return .mismatch
      }
    }
    if place < s.count {
      return .unconverted(String(String.UnicodeScalarView(s[place...])))
    }
    if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
    if let dayOfYear {
      return .value(
        Moment.micros(year, 1, 1, hour, minute, second, micro) + (dayOfYear - 1) * Moment.day - offset)
    }
    guard day <= Moment.daysInMonth(year, month) else { return .mismatch }
    return .value(Moment.micros(year, month, day, hour, minute, second, micro) - offset)
  }
}

/// Texts and numbers as spans of time.
public enum SpanParsing {
  /// Microseconds of a unit.
  public static let unitMicros: [String: Double] = [
    "W": 604_800e6, "w": 604_800e6, "weeks": 604_800e6, "week": 604_800e6, "D": 86_400e6,
    "d": 86_400e6, "days": 86_400e6, "day": 86_400e6, "h": 3600e6, "H": 3600e6, "hours": 3600e6,
    "hour": 3600e6, "hr": 3600e6, "m": 60e6, "min": 60e6, "minutes": 60e6, "minute": 60e6,
    "T": 60e6, "s": 1e6, "S": 1e6, "sec": 1e6, "seconds": 1e6, "second": 1e6, "ms": 1e3,
    "milliseconds": 1e3, "us": 1, "microseconds": 1, "ns": 1e-3, "nanoseconds": 1e-3,
  ]

  public static func micros(_ vector: Vector, unit: String = "ns") throws -> [Int] {
    try vector.cells.map { cell in
      if cell.isMissing { return Vector.notATime }
      if case .span(let micros) = cell { return micros }
      if let number = cell.number {
        return Int(exactly: (number * (unitMicros[unit] ?? 1e-3)).rounded()) ?? Vector.notATime
      }
      if let text = cell.text, let micros = micros(of: text) { return micros }
      throw FrameError.raised(
        .value, "unit abbreviation w/o a number")
    }
  }

  /// `1 days 02:00:00`, `2h 30min`, `01:30:00`.
  public static func micros(of text: String) -> Int? {
    let s = Array(text.trimmingBlanks.unicodeScalars)
    guard !s.isEmpty else { return nil }
    var place = 0
    var total = 0.0
    var isNegative = false
    if s[0] == "-" || s[0] == "+" {
      isNegative = s[0] == "-"
      place = 1
    }
    while place < s.count {
      if s[place] == " " || s[place] == "," || s[place] == "+" {
        place += 1
        continue
      }
      let start = place
      while place < s.count, s[place].isASCIIDigit || s[place] == "." || s[place] == ":" { place += 1 }
      let numberText = String(String.UnicodeScalarView(s[start..<place]))
      guard !numberText.isEmpty else { return nil }
      if numberText.contains(":") {
        let parts = numberText.split(separator: ":").map { Double($0) ?? .nan }
        guard parts.count >= 2 else { return nil }
        total += parts[0] * 3600e6 + parts[1] * 60e6 + (parts.count > 2 ? parts[2] * 1e6 : 0)
        continue
      }
      guard let value = Double(numberText) else { return nil }
      while place < s.count, s[place] == " " { place += 1 }
      let unitStart = place
      while place < s.count, s[place].properties.isAlphabetic { place += 1 }
      let unit = String(String.UnicodeScalarView(s[unitStart..<place]))
      guard let scale = unitMicros[unit] ?? unitMicros[unit.lowercased()] else { return nil }
      total += value * scale
    }
    guard total.isFinite, let whole = Int(exactly: total.rounded()) else { return nil }
    return isNegative ? -whole : whole
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { value >= 48 && value <= 57 }
}
