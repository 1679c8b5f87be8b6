/// A day and a time of day of the Gregorian calendar, from microseconds since 1970.
///
/// The days go through the proleptic calendar of eras of 400 years, as Howard Hinnant describes it
/// in "chrono-Compatible Low-Level Date Algorithms".
public struct Moment: Sendable, Hashable {
  public static let day = 86_400_000_000

  public let micros: Int
  public let year: Int
  public let month: Int
  public let day: Int
  /// Microseconds since midnight.
  public let rest: Int

  public init(_ micros: Int) {
    self.micros = micros
    var days = micros / Moment.day
    var rest = micros % Moment.day
    if rest < 0 {
      rest += Moment.day
      days -= 1
    }
    self.rest = rest
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days from 1970 to a day of the calendar; months beyond 12 count on into later years.
  public static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let carried = year + (month > 0 ? (month - 1) / 12 : (month - 12) / 12)
    let m = ((month - 1) % 12 + 12) % 12 + 1
    let y = m <= 2 ? carried - 1 : carried
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  public static func micros(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0,
    _ micro: Int = 0
  ) -> Int {
    days(year, month, day) * Moment.day + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro
  }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  public static func daysInMonth(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public var hour: Int { rest / 3_600_000_000 }
  public var minute: Int { rest / 60_000_000 % 60 }
  public var second: Int { rest / 1_000_000 % 60 }
  public var microsecond: Int { rest % 1_000_000 }
  public var isMidnight: Bool { rest == 0 }
  /// 0 is Monday.
  public var weekday: Int {
    let days = (micros - rest) / Moment.day
    return ((days + 3) % 7 + 7) % 7
  }
  /// 1 is the first of January.
  public var dayOfYear: Int { Moment.days(year, month, day) - Moment.days(year, 1, 1) + 1 }
  public var quarter: Int { (month - 1) / 3 + 1 }
  public var daysInMonth: Int { Moment.daysInMonth(year, month) }

  /// Year and week by ISO 8601.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = Moment(micros - rest + (3 - weekday) * Moment.day)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  public static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  public static let dayNames = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  public var dateText: String {
    SpanText.padded(year, 4) + "-" + SpanText.padded(month, 2) + "-" + SpanText.padded(day, 2)
  }

  public var timeText: String {
    let base = [hour, minute, second].map { SpanText.padded($0, 2) }.joined(separator: ":")
    return microsecond == 0 ? base : base + "." + SpanText.padded(microsecond, 6)
  }

  public var text: String { dateText + " " + timeText }

  /// As `strftime` writes it.
  public func formatted(_ format: String) -> String {
    var result = ""
    var scalars = format.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      guard var code = scalars.next() else { return result + "%" }
      var padding = true
      if code == "-", let next = scalars.next() {
        code = next
        padding = false
      }
      func number(_ value: Int, _ width: Int) -> String {
        padding ? SpanText.padded(value, width) : String(value)
      }
      switch code {
      case "Y": result += SpanText.padded(year, 4)
      case "y": result += number(year % 100, 2)
      case "m": result += number(month, 2)
      case "d": result += number(day, 2)
      case "H": result += number(hour, 2)
      case "I": result += number((hour + 11) % 12 + 1, 2)
      case "M": result += number(minute, 2)
      case "S": result += number(second, 2)
      case "f": result += SpanText.padded(microsecond, 6)
      case "p": result += hour < 12 ? "AM" : "PM"
      case "j": result += number(dayOfYear, 3)
      case "B": result += Moment.monthNames[month - 1]
      case "b", "h": result += Moment.monthNames[month - 1].prefix(3)
      case "A": result += Moment.dayNames[weekday]
      case "a": result += Moment.dayNames[weekday].prefix(3)
      case "w": result += String((weekday + 1) % 7)
      case "u": result += String(weekday + 1)
      case "V": result += number(isoWeek.week, 2)
      case "G": result += SpanText.padded(isoWeek.year, 4)
      case "F": result += dateText
      case "T": result += String(timeText.prefix(8))
      case "D": result += formatted("%m/%d/%y")
      case "%": result += "%"
      default:
        result += "%"
        result.unicodeScalars.append(code)
      }
    }
    return result
  }
}

/// Texts of spans of time.
public enum SpanText {
  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value.magnitude)
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Days, and the microseconds of the last one, which count up.
  public static func parts(_ micros: Int) -> (days: Int, rest: Int) {
    var days = micros / Moment.day
    var rest = micros % Moment.day
    if rest < 0 {
      rest += Moment.day
      days -= 1
    }
    return (days, rest)
  }

  /// `1 days 02:00:00`, `-1 days +23:00:00`.
  public static func long(_ micros: Int) -> String {
    let (days, rest) = parts(micros)
    let time = Moment(rest).timeText
    return "\(days) days \(days < 0 ? "+" : "")\(time)"
  }

  /// `1 days` for whole days.
  public static func days(_ micros: Int) -> String { "\(parts(micros).days) days" }
}
