/// The module `calendar`: months as tables of days and as text.
enum CalendarModule {
  private static let months = [
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  static let table = ModuleTable(
    "calendar", doc: "Months as tables of days and as text.",
    entries: names + [
      .function(
        Native("isleap(year)", "Whether a year has 366 days.", example: "calendar.isleap(2024)") { a in
          .bool(Days.isLeap(try a.size(0)))
        }),
      .function(
        Native("leapdays(y1, y2)", "How many leap years there are from one year up to another.") { a in
          func before(_ year: Int) -> Int {
            let last = year - 1
            return floorDivide(last, 4) - floorDivide(last, 100) + floorDivide(last, 400)
          }
          return .int(before(try year(a, 1)) - before(try year(a, 0)))
        }),
      .function(
        Native("weekday(year, month, day)", "The day of the week; 0 is Monday.",
          example: "calendar.weekday(2024, 1, 1)"
        ) { a in
          let (year, month) = try yearAndMonth(a)
          let day = try a.size(2)
          guard (1...length(year, month)).contains(day) else {
            throw Raise(.valueError, "day is out of range for month")
          }
          return .int((Days.ordinal(year, month, day) + 6) % 7)
        }),
      .function(
        Native("monthrange(year, month)", "The weekday of the first day, and how many days there are.",
          example: "calendar.monthrange(2024, 2)"
        ) { a in
          let (year, month) = try yearAndMonth(a)
          return .tuple([.int(first(year, month)), .int(length(year, month))])
        }),
      .function(
        Native("monthcalendar(year, month)", "The weeks of a month; 0 stands for days outside.",
          example: "calendar.monthcalendar(2024, 2)"
        ) { a in
          let (year, month) = try yearAndMonth(a)
          return .list(weeks(year, month, firstDay(a.machine)).map { .list($0.map { .int($0) }) })
        }),
      .function(
        Native("month(theyear, themonth, w=0, l=0)", "A month as text.",
          example: "print(calendar.month(2024, 2))"
        ) { a in .string(try text(a)) }),
      .function(
        Native("prmonth(theyear, themonth, w=0, l=0)", "Prints a month.") { a in
          let print = a.machine.builtin("print") ?? .none
          return try a.machine.call(print, [.string(text(a))], keywords: [("end", .string(""))])
        }),
      .function(
        Native("setfirstweekday(firstweekday)", "Sets the day that weeks begin with.") { a in
          let day = try a.size(0)
          guard (0...6).contains(day) else {
            throw Raise(.valueError, "bad weekday number \(day); must be 0 (Monday) to 6 (Sunday)")
          }
          a.machine.extensions["calendar"] = FirstDay(day)
          return .none
        }),
      .function(
        Native("firstweekday()", "The day that weeks begin with.") { a in
          .int(firstDay(a.machine))
        }),
      .function(
        Native("timegm(tuple)", "The seconds since 1970 of a time in UTC.",
          example: "calendar.timegm((2024, 1, 1, 0, 0, 0))"
        ) { a in
          var parts: [Int] = []
          for item in try a.machine.array(a[0]).prefix(6) { parts.append(try a.machine.size(item)) }
          guard parts.count == 6, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
            parts.dropFirst(2).allSatisfy({ $0.magnitude < 1 << 40 })
          else { throw Raise(.valueError, "not enough values to unpack (expected 6, got \(parts.count))") }
          let day = Days.ordinal(parts[0], parts[1], 1) + parts[2] - 1 - Days.ordinal(1970, 1, 1)
          return .int(((day * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5])
        }),
    ])

  private static let names: [ModuleEntry] =
    days.enumerated().map { index, name in
      .value(name: name.uppercased(), doc: "The number of a day of the week.") { _ in .int(index) }
    } + [
      list("month_name", "The names of the months, from 1.", months),
      list("month_abbr", "The short names of the months, from 1.", months.map { String($0.prefix(3)) }),
      list("day_name", "The names of the days, Monday first.", days),
      list("day_abbr", "The short names of the days.", days.map { String($0.prefix(3)) }),
    ]

  private static func list(_ name: String, _ doc: String, _ items: [String]) -> ModuleEntry {
    .value(name: name, doc: doc) { _ in .list(items.map { .string($0) }) }
  }

  private final class FirstDay {
    let day: Int
    init(_ day: Int) { self.day = day }
  }

  private static func firstDay(_ machine: Machine) -> Int {
    (machine.extensions["calendar"] as? FirstDay)?.day ?? 0
  }

  private static func floorDivide(_ x: Int, _ y: Int) -> Int { x >= 0 ? x / y : -((y - 1 - x) / y) }

  private static func year(_ a: Arguments, _ index: Int) throws(Raise) -> Int {
    let year = try a.size(index)
    guard year.magnitude < 1 << 40 else { throw Raise(.overflowError, "the year is too large") }
    return year
  }

  private static func yearAndMonth(_ a: Arguments) throws(Raise) -> (year: Int, month: Int) {
    let year = try a.size(0)
    let month = try a.size(1)
    guard (1...12).contains(month) else {
      let exception = ExceptionObject(a.machine.types.exception(.valueError))
      exception.arguments = [.string("bad month number \(month); must be 1-12")]
      throw Raise(exception)
    }
    guard (1...9999).contains(year) else {
      throw Raise(.valueError, "year \(year) is out of range")
    }
    return (year, month)
  }

  private static func length(_ year: Int, _ month: Int) -> Int { Days.inMonth(year, month) }

  private static func first(_ year: Int, _ month: Int) -> Int {
    (Days.ordinal(year, month, 1) + 6) % 7
  }

  /// Weeks of seven numbers.
  private static func weeks(_ year: Int, _ month: Int, _ firstDay: Int) -> [[Int]] {
    let before = (first(year, month) - firstDay + 7) % 7
    var numbers = [Int](repeating: 0, count: before) + Array(1...length(year, month))
    while numbers.count % 7 != 0 { numbers.append(0) }
    return stride(from: 0, to: numbers.count, by: 7).map { Array(numbers[$0..<($0 + 7)]) }
  }

  /// A month with its name, the days of the week and the weeks, each on a line.
  private static func text(_ a: Arguments) throws(Raise) -> String {
    let (year, month) = try yearAndMonth(a)
    let width = min(max(2, try a.size(2)), 1000)
    let height = min(max(1, try a.size(3)), 1000)
    func centered(_ text: String, _ width: Int) -> String {
      let missing = max(0, width - text.count)
      let left = missing / 2 + (missing & width & 1)
      return String(repeating: " ", count: left) + text
        + String(repeating: " ", count: missing - left)
    }
    let start = firstDay(a.machine)
    let shownDays = (0..<7).map { days[($0 + start) % 7] }.map {
      centered(String($0.prefix(width >= 9 ? 9 : min(width, 3))), width)
    }
    var lines = [centered("\(months[month]) \(year)", 7 * (width + 1) - 1)]
    lines.append(shownDays.joined(separator: " "))
    for week in weeks(year, month, start) {
      lines.append(
        week.map { centered($0 == 0 ? "" : $0 < 10 ? " \($0)" : "\($0)", width) }
          .joined(separator: " "))
    }
    func trimmed(_ line: String) -> String {
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
    let end = String(repeating: "\n", count: height)
    return lines.map { trimmed($0) + end }.joined()
  }
}
