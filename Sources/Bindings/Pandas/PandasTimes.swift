import Frames
import Language

/// `pd.Grouper(key=..., freq=...)`.
final class GrouperObject: Instance {
  var label: Frames.Cell = .null
  var frequency: String?

  func key(_ frame: DataFrame) throws -> (Vector, Frames.Cell) {
    let place = label == .null ? nil : try frame.place(of: label)
    let vector = place.map { frame.columns[$0] } ?? frame.index.vector
    guard let frequency else { return (vector, label) }
    let (bins, groups, _) = try PandasTimes.bins(PandasDates.micros(vector), frequency)
    return (Vector(dates: groups.map { $0 < 0 ? Vector.notATime : bins[$0] }), label == .null ? frame.index.name : label)
  }
}

/// `Timestamp`, `Timedelta`, `Interval`, `NA`, `NaT`, `DateOffset`.
enum PandasTimes {
  /// Spans of a frequency that hold all moments: their labels, and the span of each moment.
  static func bins(_ moments: [Int], _ frequency: String) throws -> ([Int], [Int], DateRange.Step) {
    let step = try DateRange.step(frequency)
    let present = moments.filter { $0 != Vector.notATime }
    guard let low = present.min(), let high = present.max() else { return ([], moments.map { _ in -1 }, step) }
    var labels: [Int]
    var keys: [Int]
    if step.unit == "D", step.count > 1 {
      let first = DateRange.bin(low, step)
      keys = moments.map { $0 == Vector.notATime ? $0 : first + ($0 - first) / (Moment.day * step.count) * Moment.day * step.count }
    } else {
      keys = moments.map { $0 == Vector.notATime ? $0 : DateRange.bin($0, step) }
    }
    labels = []
    var next = step.unit == "D" ? DateRange.bin(low, step) : DateRange.bin(low, step)
    let end = DateRange.bin(high, step)
    let all = try DateRange.make(start: next, end: max(end, next), periods: nil, step: step)
    labels = all
    next = end
    let places = Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return (labels, keys.map { places[$0] ?? -1 }, step)
  }

  /// The moments from the first to the last of an index at the distance `freq`.
  static func even(_ index: Labels, _ a: Arguments) throws -> Labels {
    guard index.vector.type.isDate, case .int(let moments) = index.vector.storage else {
      throw Raise(.typeError, "asfreq() needs an index of moments, found '\(index.kindName)'")
    }
    let step = try DateRange.step(a["freq"].swiftString ?? a.machine.text(of: a["freq"]))
    let present = moments.filter { $0 != Vector.notATime }
    guard let low = present.min(), let high = present.max() else { return index }
    return Labels(
      Vector(dates: try DateRange.make(start: low, end: high, periods: nil, step: step)),
      name: index.name, frequency: step.text)
  }

  /// The holes that new moments left, filled as `method` or `fill_value` say.
  static func filled(_ column: Vector, _ a: Arguments) throws -> Vector {
    switch a["method"].swiftString {
    case "ffill", "pad": return column.fillingMissing(backward: false)
    case "bfill", "backfill": return column.fillingMissing(backward: true)
    default: return a.isSet("fill_value") ? try column.fillingMissing(with: a.machine.cell(a["fill_value"])) : column
    }
  }

  private static func own(_ a: Arguments) throws -> Int { try a.receiver(TimeObject.self).micros }

  static func operations(_ own: @escaping (Arguments) throws -> Frames.Cell) -> [Native] {
    [("add", VectorMath.Arithmetic.add), ("sub", .sub), ("mul", .mul), ("truediv", .truediv), ("floordiv", .floordiv), ("mod", .mod)].flatMap { name, op in
      [
        Native("__\(name)__(self, other)", "self \(op.sign) other.") { a in
          if a[1].asSeries != nil || a[1].asLabels != nil || a[1].asFrame != nil { return .notImplemented }
          if let offset = a[1].asInstance as? OffsetObject, case .date(let micros) = try own(a) {
            return a.machine.value(.date(offset.applied(micros, sign: op == .sub ? -1 : 1)))
          }
          return a.machine.value(try VectorMath.single(op, own(a), a.cell(1)))
        },
        Native("__r\(name)__(self, other)", "other \(op.sign) self.") { a in
          a.machine.value(try VectorMath.single(op, a.cell(1), own(a)))
        },
      ]
    } + [("eq", Comparison.equal), ("ne", .notEqual), ("lt", .less), ("le", .lessOrEqual), ("gt", .greater), ("ge", .greaterOrEqual)].map { name, how in
      Native("__\(name)__(self, other)", "self \(how.sign) other.") { a in
        if a[1].asSeries != nil || a[1].asLabels != nil { return .notImplemented }
        let made = try VectorMath.compare(how, .vector(Vector(cells: [own(a)])), .cell(a.cell(1)), count: 1)
        return a.machine.value(made[0])
      }
    } + [
      Native("__hash__(self)", "By value.") { a in .int(try own(a).hashValue) }
    ]
  }

  // MARK: - Timestamp

  private static func moment(_ value: Value) -> Moment { Moment((value.asInstance as? TimeObject)?.micros ?? 0) }

  static let timestamp = TypeTable(
    "Timestamp", module: "pandas", doc: "A moment.",
    properties: PandasDates.numbers.filter { $0.0 != "weekday" }.map { name, body in
      NativeProperty(name, "The \(name).") { value, _ in .int(body(moment(value))) }
    } + PandasDates.flags.map { name, body in
      NativeProperty(name, "Whether \(name.replacingAll("_", " ")).") { value, _ in .bool(body(moment(value))) }
    } + [
      NativeProperty("week", "The week by ISO 8601.") { value, _ in .int(moment(value).isoWeek.week) },
      NativeProperty("weekofyear", "The week by ISO 8601.") { value, _ in .int(moment(value).isoWeek.week) },
      NativeProperty("value", "Nanoseconds since 1970.") { value, _ in .int(moment(value).micros &* 1000) },
      NativeProperty("tz", "None.") { _, _ in .none }, NativeProperty("tzinfo", "None.") { _, _ in .none },
      NativeProperty("unit", "us.") { _, _ in .string("us") },
    ],
    classMethods: [
      Native("now(cls, tz=None)", "The present moment.") { a in
        let time = try a.machine.importModule("datetime", first: false)
        let now = try a.machine.call(a.machine.attribute(a.machine.attribute(time, "datetime"), "now"))
        return a.machine.value(try a.machine.cell(now))
      },
      Native("today(cls, tz=None)", "The present moment.") { a in
        let time = try a.machine.importModule("datetime", first: false)
        let now = try a.machine.call(a.machine.attribute(a.machine.attribute(time, "datetime"), "now"))
        return a.machine.value(try a.machine.cell(now))
      },
    ],
    methods: [
      Native("__new__(cls, ts_input=..., year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, unit=None, tz=None)", "A moment of a text, a number or parts.") { a in
        if a.isSet("year") || a.isSet("month") && a["ts_input"].asInt != nil || !a["ts_input"].isGiven {
          var parts = try [a["ts_input"].isGiven ? a.int("ts_input") : nil, a.int("year"), a.int("month"), a.int("day"), a.int("hour"), a.int("minute"), a.int("second"), a.int("microsecond")]
          if !a["ts_input"].isGiven { parts.removeFirst() }
          let p = parts.map { $0 ?? 0 }
          let full = p + [Int](repeating: 0, count: max(0, 7 - p.count))
          guard (1...12).contains(full[1]) else { throw Raise(.valueError, "month must be in 1..12, not \(full[1])") }
          guard full[2] >= 1, full[2] <= Moment.daysInMonth(full[0], full[1]) else { throw Raise(.valueError, "day \(full[2]) must be in range 1..\(Moment.daysInMonth(full[0], full[1])) for month \(full[1]) in year \(full[0])") }
          return a.machine.value(.date(Moment.micros(full[0], full[1], full[2], full[3], full[4], full[5], full[6])))
        }
        if case .string(let text) = try a.cell(1) {
          if ["now", "today"].contains(text) {
            return try a.machine.call(a.machine.attribute(.object(a.machine.pandas.timestamp), "now"))
          }
          if ["nat", "nan", ""].contains(text.lowercased()) { return .object(a.machine.pandas.nat) }
          guard let micros = DateParsing.micros(of: text) else {
            throw Raise(.valueError, "could not convert string to Timestamp")
          }
          return a.machine.value(.date(micros))
        }
        let cell = try a.cell(1)
        if case .other(let foreign) = cell, foreign.typeName == "date" {
          let value = a[1]
          let parts = try ["year", "month", "day"].map { try a.machine.attribute(value, $0).asInt ?? 1 }
          return a.machine.value(.date(Moment.micros(parts[0], parts[1], parts[2])))
        }
        let micros = try DateParsing.micros(Vector(cells: [cell]), unit: a.text("unit"))[0]
        return micros == Vector.notATime ? .object(a.machine.pandas.nat) : a.machine.value(.date(micros))
      },
      Native("__repr__(self)", "The moment.") { a in .string("Timestamp('\(Moment(try own(a)).text)')") },
      Native("__str__(self)", "The moment.") { a in .string(Moment(try own(a)).text) },
      Native("__format__(self, spec)", "By a format of dates.") { a in
        let spec = try a.string(1)
        let moment = Moment(try own(a))
        return .string(spec.isEmpty ? moment.text : moment.formatted(spec))
      },
      Native("strftime(self, format)", "As text.") { a in .string(Moment(try own(a)).formatted(try a.string(1))) },
      Native("toordinal(self)", "The number of the day, 1 for the first of January of year 1.") { a in
        let micros = try own(a)
        return .int((micros - Moment(micros).rest) / Moment.day + 719_163)
      },
      Native("isoformat(self, sep='T', timespec='auto')", "By ISO 8601.") { a in
        let moment = Moment(try own(a))
        return .string(moment.dateText + (try a.string(1)) + moment.timeText)
      },
      Native("day_name(self, locale=None)", "The name of the day.") { a in .string(Moment.dayNames[Moment(try own(a)).weekday]) },
      Native("month_name(self, locale=None)", "The name of the month.") { a in .string(Moment.monthNames[Moment(try own(a)).month - 1]) },
      Native("weekday(self)", "0 is Monday.") { a in .int(Moment(try own(a)).weekday) },
      Native("isoweekday(self)", "1 is Monday.") { a in .int(Moment(try own(a)).weekday + 1) },
      Native("timestamp(self)", "Seconds since 1970.") { a in .float(Double(try own(a)) / 1e6) },
      Native("normalize(self)", "At midnight.") { a in
        let micros = try own(a)
        return a.machine.value(.date(micros - Moment(micros).rest))
      },
      Native("date(self)", "The day.") { a in
        let m = Moment(try own(a))
        let make = try a.machine.attribute(a.machine.importModule("datetime", first: false), "date")
        return try a.machine.call(make, [.int(m.year), .int(m.month), .int(m.day)])
      },
      Native("to_pydatetime(self, warn=True)", "As the language's datetime.") { a in
        let m = Moment(try own(a))
        let make = try a.machine.attribute(a.machine.importModule("datetime", first: false), "datetime")
        return try a.machine.call(make, [m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond].map { .int($0) })
      },
      Native("replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None)", "With other parts.") { a in
        let m = Moment(try own(a))
        return a.machine.value(
          .date(
            Moment.micros(
              try a.int("year") ?? m.year, try a.int("month") ?? m.month, try a.int("day") ?? m.day,
              try a.int("hour") ?? m.hour, try a.int("minute") ?? m.minute, try a.int("second") ?? m.second,
              try a.int("microsecond") ?? m.microsecond)))
      },
    ] + ["floor", "ceil", "round"].map { name in
      Native("\(name)(self, freq)", "Brought to a multiple of a span.") { a in
        a.machine.value(.date(try PandasDates.rounded(own(a), a.string(1), name)))
      }
    } + operations { .date(try own($0)) })

  // MARK: - Timedelta

  static let timedelta = TypeTable(
    "Timedelta", module: "pandas", doc: "A span of time.",
    properties: PandasDates.spanNumbers.map { name, body in
      NativeProperty(name, "The \(name).") { value, _ in .int(body((value.asInstance as? TimeObject)?.micros ?? 0)) }
    } + [
      NativeProperty("value", "Nanoseconds.") { value, _ in .int(((value.asInstance as? TimeObject)?.micros ?? 0) &* 1000) }
    ],
    methods: [
      Native("__new__(cls, value=..., unit=None, *, weeks=0, days=0, hours=0, minutes=0, seconds=0, milliseconds=0, microseconds=0)", "A span of a text, a number with its unit, or parts.") { a in
        if !a["value"].isGiven {
          var total = 0.0
          for (name, scale) in [("weeks", 604_800e6), ("days", 86_400e6), ("hours", 3600e6), ("minutes", 60e6), ("seconds", 1e6), ("milliseconds", 1e3), ("microseconds", 1.0)] {
            total += (try a.double(name) ?? 0) * scale
          }
          guard let whole = Int(exactly: total.rounded()) else { throw Raise(.overflowError, "the span is too long") }
          return a.machine.value(.span(whole))
        }
        let cell = try a.cell(1)
        if case .string(let text) = cell, SpanParsing.micros(of: text) == nil {
          throw Raise(.valueError, "unit abbreviation w/o a number")
        }
        let micros = try SpanParsing.micros(Vector(cells: [cell]), unit: a.text("unit") ?? "ns")[0]
        return micros == Vector.notATime ? .object(a.machine.pandas.nat) : a.machine.value(.span(micros))
      },
      Native("__repr__(self)", "The span.") { a in .string("Timedelta('\(SpanText.long(try own(a)))')") },
      Native("__str__(self)", "The span.") { a in .string(SpanText.long(try own(a))) },
      Native("total_seconds(self)", "Seconds.") { a in .float(Double(try own(a)) / 1e6) },
      Native("__neg__(self)", "The negative.") { a in a.machine.value(.span(0 &- (try own(a)))) },
      Native("__abs__(self)", "The length.") { a in
        let micros = try own(a)
        return a.machine.value(.span(micros < 0 ? 0 &- micros : micros))
      },
    ] + operations { .span(try own($0)) })

  // MARK: - Intervals and missing values

  static let interval = TypeTable(
    "Interval", module: "pandas", doc: "A range of numbers.",
    properties: [
      NativeProperty("left", "The lower end.") { value, _ in end(value) { $0.left } },
      NativeProperty("right", "The upper end.") { value, _ in end(value) { $0.right } },
      NativeProperty("mid", "The middle.") { value, _ in
        (value.asInstance as? IntervalObject).map { .float(($0.interval.left + $0.interval.right) / 2) } ?? .none
      },
      NativeProperty("length", "The distance of the ends.") { value, _ in end(value) { $0.right - $0.left } },
      NativeProperty("closed", "Which end belongs to it.") { value, _ in
        .string((value.asInstance as? IntervalObject)?.interval.isRightClosed ?? true ? "right" : "left")
      },
    ],
    methods: [
      Native("__new__(cls, left, right, closed='right')", "A range between two numbers.") { a in
        let isWhole = a[1].asInt != nil && a[2].asInt != nil
        return .object(
          IntervalObject(
            Interval(left: try a.double(1), right: try a.double(2), isRightClosed: try a.string(3) == "right", isWhole: isWhole),
            a.machine.pandas.interval))
      },
      Native("__repr__(self)", "The range.") { a in
        .string(Frames.Cell.interval(try a.receiver(IntervalObject.self).interval).reprText)
      },
      Native("__str__(self)", "The range.") { a in .string(try a.receiver(IntervalObject.self).interval.description) },
      Native("__contains__(self, value)", "Whether a number lies in it.") { a in
        let own = try a.receiver(IntervalObject.self).interval
        let x = try a.double(1)
        return .bool(own.isRightClosed ? x > own.left && x <= own.right : x >= own.left && x < own.right)
      },
    ] + operations { .interval(try $0.receiver(IntervalObject.self).interval) })

  private static func end(_ value: Value, _ body: (Interval) -> Double) -> Value {
    guard let own = (value.asInstance as? IntervalObject)?.interval else { return .none }
    let number = body(own)
    if own.isWhole, let whole = Int(exactly: number) { return .int(whole) }
    return .float(number)
  }

  private static func absorbing(_ name: String, _ doc: String) -> Native {
    Native("__\(name)__(self, other)", doc) { a in a[0] }
  }

  static let na = TypeTable(
    "NAType", module: "pandas", doc: "A missing value.",
    methods: [
      Native("__repr__(self)", "`<NA>`.") { _ in .string("<NA>") },
      Native("__bool__(self)", "Refused.") { _ in throw Raise(.typeError, "boolean value of NA is ambiguous") },
      Native("__hash__(self)", "By kind.") { _ in .int(2_305_843_009_213_693_951) },
    ] + ["add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow", "eq", "ne", "lt", "le", "gt", "ge"].map {
      absorbing($0, "Missing.")
    })

  static let nat = TypeTable(
    "NaTType", module: "pandas", doc: "A moment that is missing.",
    methods: [
      Native("__repr__(self)", "`NaT`.") { _ in .string("NaT") },
      Native("__hash__(self)", "By kind.") { _ in .int(1) },
      Native("__eq__(self, other)", "False.") { _ in .bool(false) },
      Native("__ne__(self, other)", "True.") { _ in .bool(true) },
    ] + ["lt", "le", "gt", "ge"].map { name in Native("__\(name)__(self, other)", "False.") { _ in .bool(false) } }
      + ["add", "radd", "sub", "rsub", "mul", "truediv"].map { absorbing($0, "Missing.") })

  // MARK: - Offsets and groupers

  static let offset = TypeTable(
    "DateOffset", module: "pandas", doc: "A step of the calendar.", allocate: { OffsetObject($0) },
    methods: [
      Native("__init__(self, n=1, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0)", "Years, months, days and times.") { a in
        let own = try a.receiver(OffsetObject.self)
        own.months = (try a.int("years") ?? 0) * 12 + (try a.int("months") ?? 0)
        own.micros =
          ((try a.int("weeks") ?? 0) * 7 + (try a.int("days") ?? 0)) * Moment.day
          + (try a.int("hours") ?? 0) * 3_600_000_000 + (try a.int("minutes") ?? 0) * 60_000_000
          + (try a.int("seconds") ?? 0) * 1_000_000
        return .none
      },
      Native("__radd__(self, other)", "A moment later.") { a in try shifted(a, 1) },
      Native("__add__(self, other)", "A moment later.") { a in try shifted(a, 1) },
      Native("__rsub__(self, other)", "A moment earlier.") { a in try shifted(a, -1) },
    ])

  /// `pandas.offsets`: steps by the names of their classes.
  static let offsets = ModuleTable(
    "pandas.offsets", doc: "Steps of the calendar.",
    entries: [
      ("MonthEnd", "ME"), ("MonthBegin", "MS"), ("QuarterEnd", "QE"), ("YearEnd", "YE"), ("YearBegin", "YS"),
      ("BDay", "B"), ("BusinessDay", "B"), ("Day", "D"), ("Week", "7D"), ("Hour", "h"), ("Minute", "min"), ("Second", "s"),
    ].map { name, code in
      .function(
        Native("\(name)(n=1)", "So many steps of the frequency \(code).") { a in
          let object = OffsetObject(a.machine.type(offset))
          object.step = try DateRange.step(code)
          object.count = try a.int("n") ?? 1
          return .object(object)
        })
    } + [.type(offset)])

  /// Labels moved by steps of a frequency: `shift(1, freq="D")`.
  static func moved(_ labels: Labels, _ times: Int, _ frequency: Value, _ machine: Machine) throws -> Labels {
    guard labels.vector.type.isDate, case .int(let moments) = labels.vector.storage else {
      throw Raise(.typeError, "shift(freq=...) needs an index of moments, found '\(labels.kindName)'")
    }
    if let object = frequency.asInstance as? OffsetObject {
      return Labels(Vector(dates: moments.map { $0 == Vector.notATime ? $0 : object.applied($0, sign: times) }), name: labels.name)
    }
    let step = try DateRange.step(frequency.swiftString ?? machine.text(of: frequency))
    return Labels(
      Vector(dates: moments.map { DateRange.moved($0, step, by: times) }), name: labels.name, frequency: labels.frequency)
  }

  private static func shifted(_ a: Arguments, _ sign: Int) throws -> Value {
    let own = try a.receiver(OffsetObject.self)
    func moved(_ vector: Vector) -> Vector {
      Vector(.int(PandasDates.micros(vector).map { $0 == Vector.notATime ? $0 : own.applied($0, sign: sign) }), vector.type)
    }
    if let series = a[1].asSeries { return a.machine.value(series.with(moved(series.values))) }
    if let labels = a[1].asLabels { return a.machine.value(Labels(moved(labels.vector), name: labels.name)) }
    guard case .date(let micros) = try a.cell(1) else { return .notImplemented }
    return a.machine.value(.date(own.applied(micros, sign: sign)))
  }

  static let grouper = TypeTable(
    "Grouper", module: "pandas", doc: "A key with a frequency.", allocate: { GrouperObject($0) },
    methods: [
      Native("__init__(self, key=None, level=None, freq=None, sort=False)", "A column and a frequency.") { a in
        let own = try a.receiver(GrouperObject.self)
        own.label = a.isSet("key") ? try a.machine.cell(a["key"]) : .null
        own.frequency = try a.text("freq")
        return .none
      }
    ])
}

/// `pd.DateOffset(months=1)`.
final class OffsetObject: Instance {
  var months = 0
  var micros = 0
  /// Steps from one date of a frequency to the next: `MonthEnd`, `BDay`.
  var step: DateRange.Step?
  var count = 1

  /// A moment moved; days beyond the end of a month become its last.
  func applied(_ start: Int, sign: Int) -> Int {
    if let step { return DateRange.moved(start, step, by: sign * count) }
    let moment = Moment(start)
    let first = Moment(Moment.micros(moment.year, moment.month + sign * months, 1))
    let day = min(moment.day, first.daysInMonth)
    return Moment.micros(first.year, first.month, day) + moment.rest + sign * micros
  }
}
