#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is to happen before a program reads a clock.
public enum ClockReading {
  /// A library that puts work off does it now, so that a program which measures finds it. Set once,
  /// before programs run.
  nonisolated(unsafe) public static var prepare: @Sendable () -> Void = {}
}

/// The module `time`: clocks, sleeping, and calendar time as `struct_time`.
enum TimeModule {
  static let table = ModuleTable(
    "time", doc: "Clocks, sleeping, calendar time.",
    entries: clocks + calendar + [
      .type(structTime),
      .value(name: "timezone", doc: "Seconds west of Greenwich, in winter.") { _ in
        .int(localOffset().standard)
      },
      .value(name: "tzname", doc: "The names of the local time zone.") { _ in
        let zone = Clock.broken(0, local: true)
        return .tuple([.string(zone.name), .string(zone.name)])
      },
    ])

  // MARK: - Clocks

  /// Nanoseconds of a clock of the system.
  static func nanoseconds(_ clock: clockid_t) -> Int {
    ClockReading.prepare()
    var now = timespec()
    clock_gettime(clock, &now)
    return now.tv_sec &* 1_000_000_000 &+ now.tv_nsec
  }

  private static func clock(
    _ name: String, _ doc: String, _ clock: clockid_t
  ) -> [ModuleEntry] {
    [
      .function(
        Native("\(name)()", doc + " In seconds.", example: "time.\(name)()") { _ in
          .float(Double(nanoseconds(clock)) / 1e9)
        }),
      .function(
        Native("\(name)_ns()", doc + " In nanoseconds.") { _ in .int(nanoseconds(clock)) }),
    ]
  }

  private static let clocks: [ModuleEntry] =
    clock("time", "The time since 1970-01-01.", CLOCK_REALTIME)
    + clock("perf_counter", "A clock for measuring short durations.", CLOCK_MONOTONIC)
    + clock("monotonic", "A clock that never goes back.", CLOCK_MONOTONIC)
    + clock("process_time", "The processor time of this process.", CLOCK_PROCESS_CPUTIME_ID)
    + clock("thread_time", "The processor time of this thread.", CLOCK_THREAD_CPUTIME_ID)
    + [
      .function(
        Native("sleep(secs, /)", "Waits for a number of seconds.", example: "time.sleep(0.01)") {
          a in
          if a[0].asInstance == nil, a[0].asDouble == nil {
            throw Raise(
              .typeError,
              "'\(a.machine.typeName(a[0]))' object cannot be interpreted as an integer")
          }
          let seconds = try a.real(0)
          if seconds.isNaN {
            throw Raise(.valueError, "Invalid value NaN (not a number)")
          }
          if seconds < 0 { throw Raise(.valueError, "sleep length must be non-negative") }
          if seconds > 9.2e9 {
            throw Raise(.overflowError, "timestamp too large to convert to C _PyTime_t")
          }
          try sleep(seconds, a.machine)
          return .none
        })
    ]

  /// Sleeps in pieces, so that an interrupt is seen within a twentieth of a second.
  private static func sleep(_ seconds: Double, _ machine: Machine) throws(Raise) {
    let end = nanoseconds(CLOCK_MONOTONIC) &+ Int(seconds * 1e9)
    while true {
      try machine.poll()
      try machine.attendInLoop()
      let left = end &- nanoseconds(CLOCK_MONOTONIC)
      if left <= 0 { return }
      let piece = min(left, 50_000_000)
      var request = timespec(tv_sec: 0, tv_nsec: piece)
      nanosleep(&request, nil)
    }
  }

  private static func localOffset() -> (standard: Int, daylight: Int) {
    // The offset in January and in July: the smaller one is the standard time.
    let year = Clock.broken(nanoseconds(CLOCK_REALTIME) / 1_000_000_000, local: true).year
    let first = Clock.broken(Clock.seconds(year, 1, 1), local: true).offset
    let second = Clock.broken(Clock.seconds(year, 7, 1), local: true).offset
    return (-min(first, second), -max(first, second))
  }

  // MARK: - Calendar time

  private static let calendar: [ModuleEntry] = [
    .function(
      Native("strptime(string, format='%a %b %d %H:%M:%S %Y', /)", "The time of a text by a format.",
        example: "time.strptime('17.05.2024', '%d.%m.%Y')"
      ) { a in
        for index in 0...1 where a[index].asString == nil {
          throw Raise(
            .typeError,
            "strptime() argument \(index) must be str, not "
              + "<class '\(a.machine.type(of: a[index]).qualifiedName)'>")
        }
        let found = try TimeParser.parse(a.string(0), a.string(1), a.machine)
        var fields = Clock.Fields(
          year: found.year, month: found.month, day: found.day, hour: found.hour,
          minute: found.minute, second: found.second)
        if found.day > Days.inMonth(found.year, found.month) {
          throw Raise(.valueError, "day is out of range for month")
        }
        fields.weekday = (Days.ordinal(found.year, found.month, found.day) + 6) % 7
        fields.dayOfYear = Days.beforeMonth(found.year, found.month) + found.day
        return structTimeValue(fields, a.machine)
      }),
    .function(
      Native("localtime(secs=None, /)", "A time since 1970 as local calendar time.") { a in
        structTimeValue(try broken(a, local: true), a.machine)
      }),
    .function(
      Native("gmtime(secs=None, /)", "A time since 1970 as calendar time in UTC.") { a in
        structTimeValue(try broken(a, local: false), a.machine)
      }),
    .function(
      Native("mktime(t, /)", "Local calendar time as seconds since 1970.") { a in
        let fields = try fields(of: a[0], a.machine)
        return .float(Double(Clock.localSeconds(fields)))
      }),
    .function(
      Native(
        "strftime(format, t=..., /)", "Calendar time as text.",
        example: "time.strftime('%Y-%m-%d')"
      ) { a in
        let format = try a.string(0)
        let time =
          a.isGiven(1)
          ? try fields(of: a[1], a.machine)
          : Clock.broken(nanoseconds(CLOCK_REALTIME) / 1_000_000_000, local: true)
        return .string(Clock.format(format, time))
      }),
    .function(
      Native("asctime(t=..., /)", "Calendar time as 'Sun Jun 20 23:21:05 1993'.") { a in
        let time =
          a.isGiven(0)
          ? try fields(of: a[0], a.machine)
          : Clock.broken(nanoseconds(CLOCK_REALTIME) / 1_000_000_000, local: true)
        return .string(Clock.format("%a %b %e %H:%M:%S %Y", time))
      }),
    .function(
      Native("ctime(secs=None, /)", "A time since 1970 as 'Sun Jun 20 23:21:05 1993'.") { a in
        .string(Clock.format("%a %b %e %H:%M:%S %Y", try broken(a, local: true)))
      }),
  ]

  private static func broken(_ a: Arguments, local: Bool) throws(Raise) -> Clock.Fields {
    if a[0].isNone {
      return Clock.broken(nanoseconds(CLOCK_REALTIME) / 1_000_000_000, local: local)
    }
    let seconds = try a.real(0)
    if seconds.isNaN { throw Raise(.valueError, "Invalid value NaN (not a number)") }
    guard let whole = Int(exactly: seconds.rounded(.down)), whole.magnitude < 1 << 55 else {
      throw Raise(.overflowError, "timestamp out of range for platform time_t")
    }
    return Clock.broken(whole, local: local)
  }

  /// `time.struct_time`: a sequence of nine numbers with names.
  static let structTime: TypeTable = TypeTable(
    "struct_time", module: "time", doc: "Calendar time as nine numbers with names.",
    isSubclassable: false, baseName: "tuple",
    properties: [
      "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday",
      "tm_isdst",
    ].enumerated().map { index, name in
      NativeProperty(name, "A part of the time.") { value, _ in
        value.asTuple.map { index < $0.count ? $0[index] : .none } ?? .none
      }
    },
    methods: [
      Native("__new__(cls, sequence, /)", "A time from nine numbers.") { a in
        let items = try a.machine.array(a[1])
        if items.count < 9 {
          throw Raise(
            .typeError,
            "time.struct_time() takes an at least 9-sequence (\(items.count)-sequence given)")
        }
        let tuple = TupleObject(Array(items.prefix(9)))
        tuple.subclass = a.machine.type(structTime)
        return .object(tuple)
      },
      Native("__repr__(self)", "The fields by name.") { a in
        let names = structTime.properties.map(\.name)
        let parts = (a[0].asTuple?.items ?? []).enumerated().map { index, item in
          "\(index < names.count ? names[index] : "")=\(item.asInt ?? 0)"
        }
        return .string("time.struct_time(\(parts.joined(separator: ", ")))")
      },
    ])

  static func structTimeValue(_ time: Clock.Fields, _ machine: Machine) -> Value {
    let numbers = [
      time.year, time.month, time.day, time.hour, time.minute, time.second, time.weekday,
      time.dayOfYear, time.isDaylight,
    ]
    let tuple = TupleObject(numbers.map { .int($0) })
    tuple.subclass = machine.type(structTime)
    return .object(tuple)
  }

  private static func fields(of value: Value, _ machine: Machine) throws(Raise) -> Clock.Fields {
    guard let tuple = value.asTuple else {
      throw Raise(.typeError, "Tuple or struct_time argument required")
    }
    if tuple.count != 9 {
      throw Raise(
        .typeError, "function takes exactly 9 arguments (\(tuple.count) given)")
    }
    var numbers: [Int] = []
    for item in tuple.items { numbers.append(try machine.size(item)) }
    func check(_ index: Int, _ range: ClosedRange<Int>, _ what: String) throws(Raise) {
      if !range.contains(numbers[index]) { throw Raise(.valueError, "\(what) out of range") }
    }
    try check(0, -999_999...999_999, "year")
    try check(1, 0...12, "month")
    try check(2, 0...31, "day of month")
    try check(3, 0...23, "hour")
    try check(4, 0...59, "minute")
    try check(5, 0...61, "seconds")
    return Clock.Fields(
      year: numbers[0], month: max(1, numbers[1]), day: max(1, numbers[2]), hour: numbers[3],
      minute: numbers[4], second: numbers[5], weekday: (numbers[6] % 7 + 7) % 7,
      dayOfYear: min(max(1, numbers[7]), 366), isDaylight: min(max(-1, numbers[8]), 1))
  }
}

/// Calendar time by the C library.
enum Clock {
  struct Fields {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0
    /// Monday is 0.
    var weekday = 0
    var dayOfYear = 1
    var isDaylight = -1
    /// Seconds east of Greenwich.
    var offset = 0
    var name = ""
  }

  static func broken(_ seconds: Int, local: Bool) -> Fields {
    var time = time_t(seconds)
    var parts = tm()
    if local { localtime_r(&time, &parts) } else { gmtime_r(&time, &parts) }
    return Fields(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec),
      weekday: (Int(parts.tm_wday) + 6) % 7, dayOfYear: Int(parts.tm_yday) + 1,
      isDaylight: Int(parts.tm_isdst), offset: Int(parts.tm_gmtoff),
      name: parts.tm_zone.map { String(cString: $0) } ?? "")
  }

  private static func parts(_ fields: Fields) -> tm {
    var parts = tm()
    parts.tm_year = Int32(clamping: fields.year - 1900)
    parts.tm_mon = Int32(clamping: fields.month - 1)
    parts.tm_mday = Int32(clamping: fields.day)
    parts.tm_hour = Int32(clamping: fields.hour)
    parts.tm_min = Int32(clamping: fields.minute)
    parts.tm_sec = Int32(clamping: fields.second)
    parts.tm_wday = Int32(clamping: (fields.weekday + 1) % 7)
    parts.tm_yday = Int32(clamping: fields.dayOfYear - 1)
    parts.tm_isdst = Int32(clamping: fields.isDaylight)
    return parts
  }

  /// Local calendar time as seconds since 1970.
  static func localSeconds(_ fields: Fields) -> Int {
    var parts = parts(fields)
    return Int(mktime(&parts))
  }

  /// Midnight UTC of a day as seconds since 1970.
  static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int {
    (Days.ordinal(year, month, day) - Days.ordinal(1970, 1, 1)) * 86400
  }

  /// strftime of the C library.
  static func format(_ format: String, _ fields: Fields) -> String {
    if format.isEmpty { return "" }
    var parts = parts(fields)
    var result = ""
    // Pieces between NULs and a guard character: an empty result is then no failure.
    for (index, piece) in format.split(separator: "\0", omittingEmptySubsequences: false)
      .enumerated()
    {
      if index > 0 { result += "\0" }
      var size = 256
      let guarded = piece + " "
      while size <= 1 << 20 {
        var buffer = [CChar](repeating: 0, count: size)
        let count = strftime(&buffer, size, String(guarded), &parts)
        if count > 0 {
          result += String(
            decoding: buffer[..<(count - 1)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
          break
        }
        size *= 4
      }
    }
    return result
  }
}

/// Days of the Gregorian calendar, counted from 0001-01-01 as 1.
enum Days {
  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

  static func inMonth(_ year: Int, _ month: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days of the year before a month, which lies in 1...12.
  static func beforeMonth(_ year: Int, _ month: Int) -> Int {
    before[min(max(month, 1), 12) - 1] + (month > 2 && isLeap(year) ? 1 : 0)
  }

  static func ordinal(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = year - 1
    return y * 365 + y / 4 - y / 100 + y / 400 + beforeMonth(year, month) + day
  }

  /// The date of an ordinal, which is positive.
  static func date(_ ordinal: Int) -> (year: Int, month: Int, day: Int) {
    var n = ordinal - 1
    let n400 = n / 146_097
    n %= 146_097
    let n100 = n / 36_524
    n %= 36_524
    let n4 = n / 1461
    n %= 1461
    let n1 = n / 365
    n %= 365
    let year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 || n100 == 4 { return (year - 1, 12, 31) }
    var month = 12
    while beforeMonth(year, month) > n { month -= 1 }
    return (year, month, n - beforeMonth(year, month) + 1)
  }

  /// Monday is 0.
  static func weekday(_ year: Int, _ month: Int, _ day: Int) -> Int {
    (ordinal(year, month, day) + 6) % 7
  }
}
