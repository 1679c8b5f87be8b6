/// Dates and times as text: ISO 8601 and the codes of `strftime`.
enum DateText {
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(abs(number))"
    return (number < 0 ? "-" : "")
      + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  static func two(_ number: Int) -> String { padded(number, 2) }

  static func date(_ moment: MomentObject) -> String {
    "\(padded(moment.year, 4))-\(two(moment.month))-\(two(moment.day))"
  }

  /// `10:20:30.000400`, down to what `spec` says.
  static func time(_ moment: MomentObject, _ spec: String = "auto") throws(Raise) -> String {
    let minutes = "\(two(moment.hour)):\(two(moment.minute))"
    let seconds = "\(minutes):\(two(moment.second))"
    switch spec {
    case "auto":
      return moment.micro == 0 ? seconds : "\(seconds).\(padded(moment.micro, 6))"
    case "hours": return two(moment.hour)
    case "minutes": return minutes
    case "seconds": return seconds
    case "milliseconds": return "\(seconds).\(padded(moment.micro / 1000, 3))"
    case "microseconds": return "\(seconds).\(padded(moment.micro, 6))"
    default: throw Raise(.valueError, "Unknown timespec value")
    }
  }

  /// `+05:30`; with `colon` empty, `+0530`.
  static func offset(_ micros: Int, colon: String = ":") -> String {
    let size = abs(micros)
    let seconds = size / 1_000_000
    var text =
      "\(micros < 0 ? "-" : "+")\(two(seconds / 3600))\(colon)\(two(seconds / 60 % 60))"
    if seconds % 60 != 0 || size % 1_000_000 != 0 { text += "\(colon)\(two(seconds % 60))" }
    if size % 1_000_000 != 0 { text += "." + padded(size % 1_000_000, 6) }
    return text
  }

  static func full(
    _ moment: MomentObject, separator: String, _ spec: String, _ machine: Machine
  ) throws(Raise) -> String {
    date(moment) + separator + (try time(moment, spec))
      + (try Moments.offset(moment, machine).map { offset($0) } ?? "")
  }

  private static func fields(_ moment: MomentObject) -> Clock.Fields {
    Clock.Fields(
      year: moment.year, month: moment.month, day: moment.day, hour: moment.hour,
      minute: moment.minute, second: moment.second,
      weekday: Days.weekday(moment.year, moment.month, moment.day),
      dayOfYear: Days.beforeMonth(moment.year, moment.month) + moment.day)
  }

  /// `strftime`: the codes about parts that the C library does not have are filled in first.
  static func format(
    _ moment: MomentObject, _ format: String, _ machine: Machine
  ) throws(Raise) -> String {
    let isTime = Moments.kind(.object(moment), machine) == .time
    var shown = fields(moment)
    if isTime { (shown.year, shown.month, shown.day, shown.weekday, shown.dayOfYear) = (1900, 1, 1, 0, 1) }
    var prepared = ""
    var letters = format.makeIterator()
    while let letter = letters.next() {
      guard letter == "%", let code = letters.next() else {
        prepared.append(letter)
        continue
      }
      switch code {
      case "f": prepared += padded(moment.micro, 6)
      case "z":
        prepared += try Moments.offset(moment, machine).map { offset($0, colon: "") } ?? ""
      case "Z":
        let name = try Moments.ask(moment, "tzname", machine).swiftString ?? ""
        prepared += name.replacing("%", with: "%%")
      default: prepared += "%\(code)"
      }
    }
    return Clock.format(prepared, shown)
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// `Fri May 17 10:20:30 2024`.
  static func ctime(_ moment: MomentObject) -> String {
    let weekday = weekdays[Days.weekday(moment.year, moment.month, moment.day)].prefix(3)
    let day = moment.day < 10 ? " \(moment.day)" : "\(moment.day)"
    return "\(weekday) \(months[moment.month - 1].prefix(3)) \(day) "
      + "\(two(moment.hour)):\(two(moment.minute)):\(two(moment.second)) \(padded(moment.year, 4))"
  }
}
