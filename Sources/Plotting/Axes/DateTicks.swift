import Display
import Glibc

/// Ticks of an axis that counts seconds since 1970 (UTC): whole minutes, hours, days, months, years.
public enum DateTicks {
  private static let minute = 60.0
  private static let hour = 3600.0
  private static let day = 86400.0

  /// At most about `count` places with their labels; empty for what is no time.
  public static func ticks(_ low: Double, _ high: Double, atMost count: Int)
    -> [(value: Double, label: String)]
  {
    // Years 0001 to 9999.
    guard low.isFinite, high.isFinite, low <= high, low >= -62_135_596_800, high <= 253_402_300_799
    else { return [] }
    let count = min(max(count, 2), 40)
    let span = max(high - low, 1)
    let steps: [Double] = [
      1, 5, 15, 30, minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour,
      12 * hour, day, 2 * day, 7 * day, 14 * day,
    ]
    if let step = steps.first(where: { span / $0 <= Double(count) }) {
      return even(low, high, step)
    }
    let months = [1, 2, 3, 6].first { span / (Double($0) * 30.4 * day) <= Double(count) }
    if let months { return calendar(low, high, months: months) }
    let years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].first {
      span / (Double($0) * 365.25 * day) <= Double(count)
    }
    return calendar(low, high, months: 12 * (years ?? 2000))
  }

  private static func even(_ low: Double, _ high: Double, _ step: Double)
    -> [(value: Double, label: String)]
  {
    // Weeks begin on Monday; day 0 was a Thursday.
    let offset = step >= 7 * day ? 4 * day : 0
    var value = ((low - offset) / step).rounded(.up) * step + offset
    var out: [(value: Double, label: String)] = []
    while value <= high, out.count < 60 {
      let date = parts(value)
      let label: String
      if step >= day {
        label = monthNames[date.month - 1] + " \(date.day)"
      } else {
        let clock = two(date.hour) + ":" + two(date.minute)
        label = step < minute ? clock + ":" + two(date.second) : clock
      }
      out.append((value, label))
      value += step
    }
    return out
  }

  private static func calendar(_ low: Double, _ high: Double, months: Int)
    -> [(value: Double, label: String)]
  {
    var out: [(value: Double, label: String)] = []
    let first = parts(low)
    var count = (first.year * 12 + first.month - 1) / months * months
    while out.count < 60 {
      let (year, month) = (count / 12, count % 12 + 1)
      let value = seconds(year, month)
      if value > high { break }
      if value >= low {
        let label =
          months >= 12
          ? "\(year)" : month == 1 || out.isEmpty ? "\(monthNames[month - 1]) \(year)" : monthNames[month - 1]
        out.append((value, label))
      }
      count += months
    }
    return out
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func seconds(_ year: Int, _ month: Int) -> Double {
    Double(days(year, month, 1)) * day
  }

  /// Days since 1970 of a date of the proleptic Gregorian calendar; years count from March, so that
  /// the leap day is the last of the year.
  static func days(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + dayOfMonth - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func parts(_ time: Double)
    -> (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)
  {
    let whole = Int(min(max(time, -1e12), 1e12).rounded(.down))
    var number = whole / 86400
    var rest = whole % 86400
    if rest < 0 {
      rest += 86400
      number -= 1
    }
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (
      year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, rest / 3600, rest / 60 % 60,
      rest % 60
    )
  }
}
