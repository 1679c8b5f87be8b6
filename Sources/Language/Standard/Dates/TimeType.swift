/// `datetime.time`: a time of day.
enum TimeType {
  /// Takes hour, minute, second, microsecond, tzinfo and fold from arguments that start at `first`.
  static func fill(_ moment: MomentObject, _ a: Arguments, from first: Int) throws(Raise) {
    let machine = a.machine
    func take(_ offset: Int, _ otherwise: Int) throws(Raise) -> Int {
      let value = a[first + offset]
      return value.isNone || value.isUndefined ? otherwise : try Moments.number(value, machine)
    }
    moment.hour = try take(0, moment.hour)
    moment.minute = try take(1, moment.minute)
    moment.second = try take(2, moment.second)
    moment.micro = try take(3, moment.micro)
    if a.isGiven(first + 4) { moment.zone = a[first + 4] }
    moment.fold = try take(5, moment.fold)
    try Moments.checkTime(moment, machine)
  }

  private static func part(
    _ name: String, _ doc: String, _ get: @escaping (MomentObject) -> Int
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      .int((value.asInstance as? MomentObject).map(get) ?? 0)
    }
  }

  /// Shared with datetime.
  static let parts: [NativeProperty] = [
    part("hour", "The hour, 0 to 23.") { $0.hour },
    part("minute", "The minute, 0 to 59.") { $0.minute },
    part("second", "The second, 0 to 59.") { $0.second },
    part("microsecond", "The microsecond, 0 to 999999.") { $0.micro },
    part("fold", "1 for the second of two equal times.") { $0.fold },
    NativeProperty("tzinfo", "The time zone, or None.") { value, _ in
      (value.asInstance as? MomentObject)?.zone ?? .none
    },
  ]

  /// Shared with datetime.
  static let zoneMethods: [Native] = [
    Native("utcoffset(self)", "The distance of the zone from UTC.") { a in
      guard let offset = try Moments.offset(Moments.own(a), a.machine) else { return .none }
      return try Timedelta.make(.init(offset), a.machine)
    },
    Native("tzname(self)", "The name of the zone.") { a in
      try Moments.ask(Moments.own(a), "tzname", a.machine)
    },
    Native("dst(self)", "The daylight saving time of the zone.") { a in
      try Moments.ask(Moments.own(a), "dst", a.machine)
    },
  ]

  /// The last arguments in a repr: what is not 0.
  static func shownParts(_ moment: MomentObject, _ machine: Machine) throws(Raise) -> String {
    var text = "\(moment.hour), \(moment.minute)"
    if moment.second != 0 || moment.micro != 0 { text += ", \(moment.second)" }
    if moment.micro != 0 { text += ", \(moment.micro)" }
    if moment.fold != 0 { text += ", fold=\(moment.fold)" }
    if moment.hasZone { text += ", tzinfo=\(try machine.repr(moment.zone))" }
    return text
  }

  private static func text(_ a: Arguments, _ spec: String) throws(Raise) -> Value {
    let moment = try Moments.own(a)
    let offset = try Moments.offset(moment, a.machine).map { DateText.offset($0) }
    return .string(try DateText.time(moment, spec) + (offset ?? ""))
  }

  static let table: TypeTable = TypeTable(
    "time", module: "datetime", doc: "A time of day.", showsModule: true,
    allocate: { MomentObject($0) }, properties: parts,
    classMethods: [
      Native("fromisoformat(cls, time_string, /)", "The time of a text in ISO 8601.",
        example: "datetime.time.fromisoformat('04:23:01')"
      ) { a in
        guard let type = a[0].asType, let text = a[1].swiftString else {
          throw Raise(.typeError, "fromisoformat: argument must be str")
        }
        let moment = MomentObject(type)
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "T") { bytes = bytes.dropFirst() }
        guard ISOText.time(bytes, into: moment, a.machine) else {
          throw ISOText.invalid(text, a.machine)
        }
        try Moments.checkTime(moment, a.machine)
        return .object(moment)
      }
    ],
    methods: Moments.shared + zoneMethods + [
      Native(
        "__init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
        "A time by its parts.", example: "datetime.time(10, 30)"
      ) { a in
        try fill(Moments.own(a), a, from: 1)
        return .none
      },
      Native(
        "replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=..., *, "
          + "fold=None)", "The time with other parts."
      ) { a in
        let result = Moments.copy(try Moments.own(a))
        try fill(result, a, from: 1)
        return .object(result)
      },
      Native("isoformat(self, timespec='auto')", "The time as 10:20:30.") { a in
        try text(a, a.string(1))
      },
      Native("__str__(self)", "The time as 10:20:30.") { a in try text(a, "auto") },
      Native("__bool__(self)", "True, also at midnight.") { _ in .bool(true) },
      Native("__repr__(self)", "The time as one would write it.") { a in
        .string("datetime.time(\(try shownParts(Moments.own(a), a.machine)))")
      },
    ])
}
