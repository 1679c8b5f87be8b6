/// Dates at even distances.
public enum DateRange {
  /// A step of a frequency: `D`, `2h`, `MS`, `ME`, `W-SUN`, `B`, `QS`, `YE`.
  public struct Step: Sendable {
    public let count: Int
    public let unit: String
    public var text: String { count == 1 ? unit : "\(count)\(unit)" }
  }

  public static func step(_ text: String) throws -> Step {
    let digits = text.prefix { $0.isNumber || $0 == "-" }
    var unit = String(text.dropFirst(digits.count))
    let count = digits.isEmpty ? 1 : Int(digits) ?? 1
    switch unit {
    case "W": unit = "W-SUN"
    case "Q", "QE": unit = "QE-DEC"
    case "QS": unit = "QS-JAN"
    case "Y", "A", "YE": unit = "YE-DEC"
    case "YS", "AS": unit = "YS-JAN"
    default: break
    }
    let known = ["D", "h", "min", "s", "ms", "us", "B", "MS", "ME", "W", "QE", "QS", "YE", "YS"]
    let base = unit.split(separator: "-").first.map(String.init) ?? unit
    guard known.contains(base), count != 0 else {
      throw FrameError.raised(
        .value,
        "Invalid frequency: \(text). Failed to parse with error message: KeyError('\(unit)')")
    }
    return Step(count: count, unit: unit)
  }

  /// The moment a number of steps later; `start` lies on the frequency.
  static func advance(_ micros: Int, _ step: Step, _ times: Int) -> Int {
    let (n, over) = step.count.multipliedReportingOverflow(by: times)
    guard !over, abs(n) < 1 << 40 else { return Vector.notATime }
    let fixed: [String: Int] = [
      "D": Moment.day, "h": 3_600_000_000, "min": 60_000_000, "s": 1_000_000, "ms": 1000, "us": 1,
    ]
    if let micro = fixed[step.unit] { return micros &+ n &* micro }
    let moment = Moment(micros)
    let base = step.unit.split(separator: "-").first.map(String.init) ?? step.unit
    switch base {
    case "W": return micros &+ n &* 7 &* Moment.day
    case "B":
      var result = micros
      var left = n
      while left != 0 {
        result += left > 0 ? Moment.day : -Moment.day
        if Moment(result).weekday < 5 { left += left > 0 ? -1 : 1 }
      }
      return result
    case "MS": return Moment.micros(moment.year, moment.month + n, 1) + moment.rest
    case "ME": return monthEnd(moment.year, moment.month + n) + moment.rest
    case "QS": return Moment.micros(moment.year, moment.month + 3 * n, 1) + moment.rest
    case "QE": return monthEnd(moment.year, moment.month + 3 * n) + moment.rest
    case "YS": return Moment.micros(moment.year + n, moment.month, 1) + moment.rest
    default: return monthEnd(moment.year + n, moment.month) + moment.rest
    }
  }

  private static func monthEnd(_ year: Int, _ month: Int) -> Int {
    Moment.micros(year, month + 1, 1) - Moment.day
  }

  /// The first moment on the frequency that is not before (or, backward, not behind) another.
  static func rolled(_ micros: Int, _ step: Step, forward: Bool = true) -> Int {
    let base = step.unit.split(separator: "-").first.map(String.init) ?? step.unit
    let direction = forward ? Moment.day : -Moment.day
    var result = micros
    for _ in 0..<800 {
      if isOn(Moment(result), base, step.unit) { return result }
      result += direction
    }
    return micros
  }

  /// A moment so many steps further: one that lies between two goes to the next one first, and keeps
  /// its time of day.
  public static func moved(_ micros: Int, _ step: Step, by times: Int) -> Int {
    guard micros != Vector.notATime, times != 0 else { return micros }
    let rest = Moment(micros).rest
    if ["h", "min", "s", "ms", "us"].contains(step.unit) { return advance(micros, step, times) }
    let day = micros - rest
    let forward = times > 0
    let base = rolled(day, step, forward: forward)
    let moved = base == day ? advance(day, step, times) : advance(base, step, forward ? times - 1 : times + 1)
    return moved == Vector.notATime ? moved : moved + rest
  }

  static func isOn(_ moment: Moment, _ base: String, _ unit: String) -> Bool {
    let anchor = unit.split(separator: "-").last.map(String.init) ?? ""
    switch base {
    case "B": return moment.weekday < 5
    case "W":
      let names = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
      return names.firstIndex(of: anchor) == moment.weekday
    case "MS": return moment.day == 1
    case "ME": return moment.day == moment.daysInMonth
    case "QS": return moment.day == 1 && moment.month % 3 == 1
    case "QE": return moment.day == moment.daysInMonth && moment.month % 3 == 0
    case "YS": return moment.day == 1 && moment.month == 1
    case "YE": return moment.day == 31 && moment.month == 12
    default: return true
    }
  }

  public static func make(
    start: Int?, end: Int?, periods: Int?, step: Step, includesEnd: Bool = true
  ) throws -> [Int] {
    if let start, let end, let periods, start <= end || periods <= 1 {
      guard periods > 1 else { return periods == 1 ? [start] : [] }
      return (0..<periods).map { start + Int(Double(end - start) * Double($0) / Double(periods - 1)) }
    }
    if let periods, periods < 0 || periods > 50_000_000 {
      throw FrameError.raised(.value, "Number of periods must be positive and at most 50 million")
    }
    if let start {
      let first = rolled(start, step, forward: step.count > 0)
      if let periods { return (0..<periods).map { advance(first, step, $0) } }
      guard let end else { throw tooFew() }
      var result: [Int] = []
      var times = 0
      var next = first
      while step.count > 0 ? next <= end : next >= end {
        result.append(next)
        times += 1
        next = advance(first, step, times)
        if times > 50_000_000 || next == Vector.notATime { throw FrameError.raised(.value, "Too many periods") }
      }
      return result
    }
    guard let end, let periods else { throw tooFew() }
    let last = rolled(end, step, forward: false)
    return (0..<periods).map { advance(last, step, $0 - periods + 1) }
  }

  private static func tooFew() -> FrameError {
    .raised(
      .value,
      "Of the four parameters: start, end, periods, and freq, exactly three must be specified")
  }

  /// The rows of a day, month or year given as text; for looking up dates.
  static func places(_ text: String, _ vector: Vector) -> [Int] {
    guard case .int(let values) = vector.storage, let (low, high) = bounds(text) else { return [] }
    return values.indices.filter { values[$0] >= low && values[$0] < high }
  }

  /// The span of time that a text with few digits means: a year, a month, a day.
  public static func bounds(_ text: String) -> (Int, Int)? {
    guard let micros = DateParsing.micros(of: text) else { return nil }
    let moment = Moment(micros)
    let dashes = text.filter { $0 == "-" }.count
    if text.count == 4, Int(text) != nil {
      return (Moment.micros(moment.year, 1, 1), Moment.micros(moment.year + 1, 1, 1))
    }
    if text.count <= 7, dashes == 1 {
      return (micros, Moment.micros(moment.year, moment.month + 1, 1))
    }
    if text.count <= 10 { return (micros, micros + Moment.day) }
    return (micros, micros + 1)
  }

  /// The start of the period of a frequency that a moment lies in, for resampling: the label.
  public static func bin(_ micros: Int, _ step: Step) -> Int {
    let moment = Moment(micros)
    let base = step.unit.split(separator: "-").first.map(String.init) ?? step.unit
    let dayStart = micros - moment.rest
    switch base {
    case "D": return dayStart
    case "h":
      let size = 3_600_000_000 * max(1, step.count)
      return micros - ((micros % size) + size) % size
    case "min":
      let size = 60_000_000 * max(1, step.count)
      return micros - ((micros % size) + size) % size
    case "s":
      let size = 1_000_000 * max(1, step.count)
      return micros - ((micros % size) + size) % size
    case "MS": return Moment.micros(moment.year, moment.month, 1)
    case "ME": return monthEnd(moment.year, moment.month)
    case "QS": return Moment.micros(moment.year, (moment.month - 1) / 3 * 3 + 1, 1)
    case "QE": return monthEnd(moment.year, (moment.month - 1) / 3 * 3 + 3)
    case "YS": return Moment.micros(moment.year, 1, 1)
    case "YE": return Moment.micros(moment.year, 12, 31)
    case "W": return rolled(dayStart, step)
    default: return dayStart
    }
  }
}
