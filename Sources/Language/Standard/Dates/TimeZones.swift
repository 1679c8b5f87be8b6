import BigInt

/// A fixed distance from UTC: `datetime.timezone`.
final class ZoneObject: Instance {
  /// Microseconds east of Greenwich.
  var offset = 0
  var name: String?
  /// UTC itself, which prints by its name.
  var isUTC = false
}

/// `datetime.tzinfo` and `datetime.timezone`.
enum TimeZones {
  static let base = TypeTable(
    "tzinfo", module: "datetime", doc: "The base of time zones.", showsModule: true,
    methods: [
      missing("utcoffset"), missing("tzname"), missing("dst"),
      Native("fromutc(self, dt)", "A moment in UTC as one of this zone.") { a in
        guard let moment = a[1].asInstance as? MomentObject else {
          throw Raise(.typeError, "fromutc: argument must be a datetime")
        }
        let offset = try Moments.offset(moment, a.machine) ?? 0
        return .object(
          try Moments.moment(
            moment.micros + offset, zone: moment.zone, moment.type, a.machine))
      },
    ])

  private static func missing(_ name: String) -> Native {
    Native("\(name)(self, dt)", "To be defined by zones.") { _ in
      throw Raise(.notImplementedError, "a tzinfo subclass must implement \(name)()")
    }
  }

  private static func own(_ a: Arguments) throws(Raise) -> ZoneObject {
    guard let zone = a[0].asInstance as? ZoneObject else {
      throw Raise(.typeError, "a timezone is needed")
    }
    return zone
  }

  /// `timezone.utc`, the same object always.
  static func utc(_ machine: Machine) -> Value {
    if let known = machine.extensions["datetime.utc"] as? ZoneObject { return .object(known) }
    let zone = ZoneObject(machine.type(table))
    zone.isUTC = true
    machine.extensions["datetime.utc"] = zone
    return .object(zone)
  }

  static func fixed(_ offset: Int, name: String? = nil, _ machine: Machine) -> Value {
    if offset == 0, name == nil { return utc(machine) }
    let zone = ZoneObject(machine.type(table))
    zone.offset = offset
    zone.name = name
    return .object(zone)
  }

  private static func name(_ zone: ZoneObject) -> String {
    zone.name ?? (zone.offset == 0 ? "UTC" : "UTC" + DateText.offset(zone.offset))
  }

  static let table: TypeTable = TypeTable(
    "timezone", module: "datetime", doc: "A fixed distance from UTC.", base: base,
    isSubclassable: false, showsModule: true, allocate: { ZoneObject($0) },
    methods: [
      Native("__new__(cls, offset, name=..., /)", "A zone by its distance from UTC.",
        example: "datetime.timezone(datetime.timedelta(hours=2))"
      ) { a in
        guard let delta = a[1].asInstance as? DeltaObject else {
          throw Raise(
            .typeError, "timezone() argument 1 must be datetime.timedelta, not "
              + a.machine.typeName(a[1]))
        }
        guard let micros = Int(exactly: delta.total), abs(micros) < Timedelta.day else {
          throw Raise(
            .valueError,
            "offset must be a timedelta strictly between -timedelta(hours=24) and "
              + "timedelta(hours=24), not \(try a.machine.repr(a[1])).")
        }
        return fixed(micros, name: a.isGiven(2) ? try a.string(2) : nil, a.machine)
      },
      Native("utcoffset(self, dt)", "The distance from UTC.") { a in
        try Timedelta.make(BigInt(own(a).offset), a.machine)
      },
      Native("tzname(self, dt)", "The name.") { a in .string(name(try own(a))) },
      Native("dst(self, dt)", "None: there is no daylight saving time.") { _ in .none },
      Native("fromutc(self, dt)", "A moment in UTC as one of this zone.") { a in
        guard let moment = a[1].asInstance as? MomentObject else {
          throw Raise(.typeError, "fromutc: argument must be a datetime instance, not "
            + a.machine.typeName(a[1]))
        }
        return .object(
          try Moments.moment(
            moment.micros + own(a).offset, zone: a[0], moment.type, a.machine))
      },
      Native("__eq__(self, other)", "Whether the distances are equal.") { a in
        guard let other = a[1].asInstance as? ZoneObject else { return .notImplemented }
        return .bool(try own(a).offset == other.offset)
      },
      Native("__hash__(self)", "The hash of the distance.") { a in .int(try own(a).offset) },
      Native("__str__(self)", "The name.") { a in .string(name(try own(a))) },
      Native("__repr__(self)", "The zone as one would write it.") { a in
        let zone = try own(a)
        if zone.isUTC { return .string("datetime.timezone.utc") }
        let offset = try a.machine.repr(Timedelta.make(BigInt(zone.offset), a.machine))
        let name = try zone.name.map { (name) throws(Raise) in
          ", \(try a.machine.repr(.string(name)))"
        }
        return .string("datetime.timezone(\(offset)\(name ?? ""))")
      },
    ])
}
