#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import BigInt

/// `datetime.date`: a day of the Gregorian calendar.
enum DateType {
  /// What an ISO calendar week gives back.
  private static let isoDate = NamedTupleType(
    "IsoCalendarDate", module: "datetime", fields: ["year", "week", "weekday"])

  static func today(_ type: TypeObject) -> MomentObject {
    let now = Clock.broken(TimeModule.nanoseconds(CLOCK_REALTIME) / 1_000_000_000, local: true)
    let result = MomentObject(type)
    (result.year, result.month, result.day) = (now.year, now.month, now.day)
    return result
  }

  /// Year, week and weekday of ISO 8601: weeks begin on Monday, the first has the first Thursday.
  static func isoCalendar(_ moment: MomentObject) -> (year: Int, week: Int, weekday: Int) {
    func firstMonday(_ year: Int) -> Int {
      let first = Days.ordinal(year, 1, 1)
      let weekday = (first + 6) % 7
      return first - weekday + (weekday > 3 ? 7 : 0)
    }
    let ordinal = moment.ordinal
    var year = moment.year
    var start = firstMonday(year)
    if ordinal < start {
      year -= 1
      start = firstMonday(year)
    } else if ordinal >= firstMonday(year + 1) {
      year += 1
      start = firstMonday(year)
    }
    return (year, (ordinal - start) / 7 + 1, (ordinal - start) % 7 + 1)
  }

  /// The ordinal of a day of an ISO week.
  static func ordinal(year: Int, week: Int, weekday: Int) throws(Raise) -> Int {
    if !(1...9999).contains(year) { throw Raise(.valueError, "Year is out of range: \(year)") }
    let first = Days.ordinal(year, 1, 1)
    let start = (first + 6) % 7
    let monday = first - start + (start > 3 ? 7 : 0)
    let isLong = start == 3 || (start == 2 && Days.isLeap(year))
    if !(1...52).contains(week), !(week == 53 && isLong) {
      throw Raise(.valueError, "Invalid week: \(week)")
    }
    if !(1...7).contains(weekday) {
      throw Raise(.valueError, "Invalid weekday: \(weekday) (range is [1, 7])")
    }
    return monday + (week - 1) * 7 + weekday - 1
  }

  private static func part(
    _ name: String, _ doc: String, _ get: @escaping (MomentObject) -> Int
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      .int((value.asInstance as? MomentObject).map(get) ?? 0)
    }
  }

  /// A date or datetime moved by a span.
  private static func moved(
    _ a: Arguments, _ sign: BigInt
  ) throws(Raise) -> Value? {
    guard let delta = a[1].asInstance as? DeltaObject else { return nil }
    let moment = try Moments.own(a)
    if Moments.kind(a[0], a.machine) == .both {
      guard let micros = Int(exactly: BigInt(moment.micros) + sign * delta.total) else {
        throw Raise(.overflowError, "date value out of range")
      }
      return .object(
        try Moments.moment(micros, zone: moment.zone, moment.type, a.machine))
    }
    return .object(
      try Moments.date(
        moment.ordinal + Int(sign.signum()) * delta.days, moment.type, a.machine))
  }

  static let table: TypeTable = TypeTable(
    "date", module: "datetime", doc: "A day of the calendar.", showsModule: true,
    allocate: { MomentObject($0) },
    properties: [
      part("year", "The year, 1 to 9999.") { $0.year },
      part("month", "The month, 1 to 12.") { $0.month },
      part("day", "The day of the month.") { $0.day },
    ],
    classMethods: [
      Native("today(cls)", "The present day.") { a in
        guard let type = a[0].asType else { return .none }
        if type.isSubclass(of: a.machine.type(DateTimeType.table)) {
          return try DateTimeType.now(.none, type, a.machine)
        }
        return .object(today(type))
      },
      Native("fromtimestamp(cls, timestamp, /)", "The local day of seconds since 1970.") { a in
        guard let type = a[0].asType else { return .none }
        let seconds = try a.real(1)
        guard let whole = Int(exactly: seconds.rounded(.down)), whole.magnitude < 1 << 40 else {
          throw Raise(.overflowError, "timestamp out of range for platform time_t")
        }
        let fields = Clock.broken(whole, local: true)
        let result = MomentObject(type)
        (result.year, result.month, result.day) = (fields.year, fields.month, fields.day)
        try Moments.checkDate(result)
        return .object(result)
      },
      Native("fromordinal(cls, ordinal, /)", "The day with a number; 1 is 0001-01-01.",
        example: "datetime.date.fromordinal(738000)"
      ) { a in
        guard let type = a[0].asType else { return .none }
        let number = try Moments.number(a[1], a.machine)
        if number < 1 { throw Raise(.valueError, "ordinal must be >= 1") }
        if number > 3_652_059 { throw Raise(.valueError, "year is out of range") }
        return .object(try Moments.date(number, type, a.machine))
      },
      Native("fromisoformat(cls, date_string, /)", "The day of a text in ISO 8601.",
        example: "datetime.date.fromisoformat('2024-05-17')"
      ) { a in
        guard let type = a[0].asType, let text = a[1].swiftString else {
          throw Raise(.typeError, "fromisoformat: argument must be str")
        }
        guard let (result, rest) = try ISOText.date(Array(text.utf8), type), rest == text.utf8.count
        else { throw ISOText.invalid(text, a.machine) }
        return .object(result)
      },
      Native("fromisocalendar(cls, year, week, day)", "The day of an ISO week.",
        example: "datetime.date.fromisocalendar(2024, 20, 5)"
      ) { a in
        guard let type = a[0].asType else { return .none }
        let number = try ordinal(
          year: Moments.number(a[1], a.machine), week: Moments.number(a[2], a.machine),
          weekday: Moments.number(a[3], a.machine))
        return .object(try Moments.date(number, type, a.machine))
      },
    ],
    methods: Moments.shared + [
      Native("__init__(self, year, month, day)", "A day by its numbers.",
        example: "datetime.date(2024, 5, 17)"
      ) { a in
        let moment = try Moments.own(a)
        moment.year = try Moments.number(a[1], a.machine)
        moment.month = try Moments.number(a[2], a.machine)
        moment.day = try Moments.number(a[3], a.machine)
        try Moments.checkDate(moment)
        return .none
      },
      Native("replace(self, year=None, month=None, day=None)", "The day with other parts.") { a in
        let moment = try Moments.own(a)
        let result = Moments.copy(moment)
        if !a[1].isNone { result.year = try Moments.number(a[1], a.machine) }
        if !a[2].isNone { result.month = try Moments.number(a[2], a.machine) }
        if !a[3].isNone { result.day = try Moments.number(a[3], a.machine) }
        try Moments.checkDate(result)
        return .object(result)
      },
      Native("toordinal(self)", "The number of the day; 1 is 0001-01-01.") { a in
        .int(try Moments.own(a).ordinal)
      },
      Native("weekday(self)", "The day of the week; Monday is 0.") { a in
        .int((try Moments.own(a).ordinal + 6) % 7)
      },
      Native("isoweekday(self)", "The day of the week; Monday is 1.") { a in
        .int((try Moments.own(a).ordinal + 6) % 7 + 1)
      },
      Native("isocalendar(self)", "Year, week and weekday of ISO 8601.") { a in
        let (year, week, weekday) = isoCalendar(try Moments.own(a))
        let result = isoDate.value([.int(year), .int(week), .int(weekday)], a.machine)
        isoDate.type(a.machine).shownName = "datetime.IsoCalendarDate"
        return result
      },
      Native("isoformat(self)", "The day as 2024-05-17.") { a in
        .string(DateText.date(try Moments.own(a)))
      },
      Native("ctime(self)", "The day as the C library writes it.") { a in
        .string(DateText.ctime(try Moments.own(a)))
      },
      Native("timetuple(self)", "The parts for the module time.") { a in
        let moment = try Moments.own(a)
        var fields = Clock.Fields(
          year: moment.year, month: moment.month, day: moment.day, hour: moment.hour,
          minute: moment.minute, second: moment.second)
        fields.weekday = (moment.ordinal + 6) % 7
        fields.dayOfYear = Days.beforeMonth(moment.year, moment.month) + moment.day
        return TimeModule.structTimeValue(fields, a.machine)
      },
      Native("__add__(self, other)", "A later moment.") { a in
        try moved(a, 1) ?? .notImplemented
      },
      Native("__radd__(self, other)", "A later moment.") { a in
        try moved(a, 1) ?? .notImplemented
      },
      Native("__sub__(self, other)", "An earlier moment, or the span between two.") { a in
        if let result = try moved(a, -1) { return result }
        let machine = a.machine
        let left = try Moments.own(a)
        guard let right = a[1].asInstance as? MomentObject,
          let kind = Moments.kind(a[0], machine), kind == Moments.kind(a[1], machine)
        else { return .notImplemented }
        if kind == .date {
          return try Timedelta.make(seconds: (left.ordinal - right.ordinal) * 86400, machine)
        }
        var difference = left.micros - right.micros
        switch (try Moments.offset(left, machine), try Moments.offset(right, machine)) {
        case (nil, nil): break
        case (let x?, let y?): difference -= x - y
        default:
          throw Raise(.typeError, "can't subtract offset-naive and offset-aware datetimes")
        }
        return try Timedelta.make(BigInt(difference), machine)
      },
      Native("__str__(self)", "The day as 2024-05-17.") { a in
        .string(DateText.date(try Moments.own(a)))
      },
      Native("__repr__(self)", "The day as one would write it.") { a in
        let moment = try Moments.own(a)
        return .string(
          "datetime.date(\(moment.year), \(moment.month), \(moment.day))")
      },
    ])
}
