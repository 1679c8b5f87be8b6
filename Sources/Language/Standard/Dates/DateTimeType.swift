import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `datetime.datetime`: a day and a time of day.
enum DateTimeType {
  private static let epoch = (Days.ordinal(1970, 1, 1) - 1) * Timedelta.day

  /// A moment from microseconds since 1970: of a zone, or local without one.
  static func make(
    micros: Int, zone: Value, _ type: TypeObject, _ machine: Machine
  ) throws(Raise) -> Value {
    if !zone.isNone {
      try Moments.checkZone(zone, machine)
      let moment = try Moments.moment(micros + epoch, zone: zone, type, machine)
      return try machine.call(machine.attribute(zone, "fromutc"), [.object(moment)])
    }
    let seconds = micros >= 0 ? micros / 1_000_000 : -((999_999 - micros) / 1_000_000)
    let fields = Clock.broken(seconds, local: true)
    return .object(
      try Moments.moment(
        micros + fields.offset * 1_000_000 + epoch, zone: .none, type, machine))
  }

  static func now(_ zone: Value, _ type: TypeObject, _ machine: Machine) throws(Raise) -> Value {
    try make(
      micros: TimeModule.nanoseconds(CLOCK_REALTIME) / 1000, zone: zone, type, machine)
  }

  /// Seconds of a timestamp as microseconds, halves to even.
  private static func micros(_ a: Arguments, _ index: Int) throws(Raise) -> Int {
    guard let number = a.machine.rational(a[index]) else {
      if let number = a[index].asDouble, number.isNaN {
        throw Raise(.valueError, "cannot convert float NaN to integer")
      }
      if a[index].asDouble != nil {
        throw Raise(.overflowError, "cannot convert float infinity to integer")
      }
      throw Raise(
        .typeError,
        "'\(a.machine.typeName(a[index]))' object cannot be interpreted as an integer")
    }
    guard let micros = Int(exactly: (number * Rational(1_000_000)).rounded),
      micros.magnitude < 1 << 60
    else {
      throw Raise(.overflowError, "timestamp out of range for platform time_t")
    }
    let year = micros / Timedelta.day / 365 + 1970
    if !(1...10_010).contains(year) {
      throw Raise(.valueError, "year \(year) is out of range")
    }
    return micros
  }

  private static func type(_ a: Arguments) throws(Raise) -> TypeObject {
    guard let type = a[0].asType else { throw Raise(.typeError, "a class is needed") }
    return type
  }

  private static let makers: [Native] = [
    Native("now(cls, tz=None)", "The present moment, local or of a zone.") { a in
      try now(a[1], type(a), a.machine)
    },
    Native("utcnow(cls)", "The present moment in UTC, without a zone.") { a in
      .object(
        try Moments.moment(
          TimeModule.nanoseconds(CLOCK_REALTIME) / 1000 + epoch, zone: .none, type(a), a.machine))
    },
    Native("fromtimestamp(cls, timestamp, tz=None)", "The moment of seconds since 1970.",
      example: "datetime.datetime.fromtimestamp(0, datetime.timezone.utc)"
    ) { a in try make(micros: micros(a, 1), zone: a[2], type(a), a.machine) },
    Native("utcfromtimestamp(cls, timestamp, /)", "The moment in UTC of seconds since 1970.",
      example: "datetime.datetime.utcfromtimestamp(0)"
    ) { a in
      .object(
        try Moments.moment(micros(a, 1) + epoch, zone: .none, type(a), a.machine))
    },
    Native("combine(cls, date, time, tzinfo=...)", "A day and a time of day as one.",
      example: "datetime.datetime.combine(datetime.date(2024, 5, 17), datetime.time(10))"
    ) { a in
      let machine = a.machine
      guard let day = a[1].asInstance as? MomentObject, Moments.kind(a[1], machine) != .time else {
        throw Raise(
          .typeError,
          "combine() argument 1 must be datetime.date, not \(machine.typeName(a[1]))")
      }
      guard let time = a[2].asInstance as? MomentObject, Moments.kind(a[2], machine) == .time else {
        throw Raise(
          .typeError,
          "combine() argument 2 must be datetime.time, not \(machine.typeName(a[2]))")
      }
      let result = Moments.copy(time, try type(a))
      (result.year, result.month, result.day) = (day.year, day.month, day.day)
      if a.isGiven(3) { result.zone = a[3] }
      return .object(result)
    },
    Native("strptime(cls, date_string, format, /)", "The moment of a text by a format.",
      example: "datetime.datetime.strptime('17.05.2024', '%d.%m.%Y')"
    ) { a in
      for index in 1...2 where a[index].asString == nil {
        throw Raise(
          .typeError,
          "strptime() argument \(index) must be str, not \(a.machine.typeName(a[index]))")
      }
      let found = try TimeParser.parse(a.string(1), a.string(2), a.machine)
      let result = MomentObject(try type(a))
      (result.year, result.month, result.day) = (found.year, found.month, found.day)
      (result.hour, result.minute, result.second) = (found.hour, found.minute, found.second)
      result.micro = found.micro
      if let offset = found.offset {
        result.zone = TimeZones.fixed(offset, name: found.zoneName, a.machine)
      }
      try Moments.checkDate(result)
      try Moments.checkTime(result, a.machine)
      return .object(result)
    },
    Native("fromisoformat(cls, date_string, /)", "The moment of a text in ISO 8601.",
      example: "datetime.datetime.fromisoformat('2024-05-17T10:20:30')"
    ) { a in
      guard let text = a[1].swiftString else {
        throw Raise(.typeError, "fromisoformat: argument must be str")
      }
      let bytes = Array(text.utf8)
      guard let (result, rest) = try ISOText.date(bytes, type(a)) else {
        throw ISOText.invalid(text, a.machine)
      }
      if rest < bytes.count {
        // One character, whatever it is, stands before the time.
        var start = rest + 1
        while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
        guard start < bytes.count, ISOText.time(bytes[start...], into: result, a.machine) else {
          throw ISOText.invalid(text, a.machine)
        }
        try Moments.checkTime(result, a.machine)
      }
      return .object(result)
    },
  ]

  static let table: TypeTable = TypeTable(
    "datetime", module: "datetime", doc: "A day and a time of day.", base: DateType.table,
    showsModule: true, allocate: { MomentObject($0) }, properties: TimeType.parts,
    classMethods: makers,
    methods: Moments.shared + TimeType.zoneMethods + [
      Native(
        "__init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, "
          + "*, fold=0)", "A moment by its parts.", example: "datetime.datetime(2024, 5, 17, 10, 30)"
      ) { a in
        let moment = try Moments.own(a)
        moment.year = try Moments.number(a[1], a.machine)
        moment.month = try Moments.number(a[2], a.machine)
        moment.day = try Moments.number(a[3], a.machine)
        try Moments.checkDate(moment)
        try TimeType.fill(moment, a, from: 4)
        return .none
      },
      Native(
        "replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, "
          + "microsecond=None, tzinfo=..., *, fold=None)", "The moment with other parts."
      ) { a in
        let result = Moments.copy(try Moments.own(a))
        if !a[1].isNone { result.year = try Moments.number(a[1], a.machine) }
        if !a[2].isNone { result.month = try Moments.number(a[2], a.machine) }
        if !a[3].isNone { result.day = try Moments.number(a[3], a.machine) }
        try Moments.checkDate(result)
        try TimeType.fill(result, a, from: 4)
        return .object(result)
      },
      Native("date(self)", "The day.") { a in
        let moment = try Moments.own(a)
        let result = MomentObject(a.machine.type(DateType.table))
        (result.year, result.month, result.day) = (moment.year, moment.month, moment.day)
        return .object(result)
      },
      Native("time(self)", "The time of day, without the zone.") { a in
        let result = Moments.copy(try Moments.own(a), a.machine.type(TimeType.table))
        result.zone = .none
        return .object(result)
      },
      Native("timetz(self)", "The time of day with the zone.") { a in
        .object(Moments.copy(try Moments.own(a), a.machine.type(TimeType.table)))
      },
      Native("timestamp(self)", "Seconds since 1970.") { a in
        .float(
          Integers.trueDivide(
            BigInt(try Moments.timestamp(Moments.own(a), a.machine)), 1_000_000))
      },
      Native("astimezone(self, tz=None)", "The same moment in another zone.") { a in
        let moment = try Moments.own(a)
        let micros = try Moments.timestamp(moment, a.machine)
        var zone = a[1]
        if zone.isNone {
          let fields = Clock.broken(micros / 1_000_000, local: true)
          zone = TimeZones.fixed(fields.offset * 1_000_000, name: fields.name, a.machine)
        }
        return try make(micros: micros, zone: zone, moment.type, a.machine)
      },
      Native("isoformat(self, sep='T', timespec='auto')", "The moment as 2024-05-17T10:20:30.") {
        a in
        .string(
          try DateText.full(
            Moments.own(a), separator: a.string(1), a.string(2), a.machine))
      },
      Native("__str__(self)", "The moment as 2024-05-17 10:20:30.") { a in
        .string(try DateText.full(Moments.own(a), separator: " ", "auto", a.machine))
      },
      Native("__repr__(self)", "The moment as one would write it.") { a in
        let moment = try Moments.own(a)
        return .string(
          "datetime.datetime(\(moment.year), \(moment.month), \(moment.day), "
            + "\(try TimeType.shownParts(moment, a.machine)))")
      },
    ])
}
