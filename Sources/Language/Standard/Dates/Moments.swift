import BigInt

/// A date, a time of day, or both: `datetime.date`, `time` and `datetime`. The class tells which.
final class MomentObject: Instance {
  var year = 1
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  var micro = 0
  var fold = 0
  /// None, or an object with `utcoffset`.
  var zone: Value = .none

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(zone)
  }

  var ordinal: Int { Days.ordinal(year, month, day) }
  /// Microseconds since midnight.
  var microsOfDay: Int { ((hour * 60 + minute) * 60 + second) * 1_000_000 + micro }
  /// Microseconds since 0001-01-01, without regard to the zone.
  var micros: Int { (ordinal - 1) * Timedelta.day + microsOfDay }
  var hasZone: Bool { !zone.isNone }
}

/// What date, time and datetime share.
enum Moments {
  enum Kind { case date, time, both }

  /// What an object is; nil for other objects.
  static func kind(_ value: Value, _ machine: Machine) -> Kind? {
    guard let moment = value.asInstance as? MomentObject else { return nil }
    if moment.type.isSubclass(of: machine.type(DateTimeType.table)) { return .both }
    return moment.type.isSubclass(of: machine.type(DateType.table)) ? .date : .time
  }

  static func own(_ a: Arguments) throws(Raise) -> MomentObject {
    guard let moment = a[0].asInstance as? MomentObject else {
      throw Raise(
        .typeError, "descriptor '\(a.function.name)' for 'datetime' objects doesn't apply to a "
          + "'\(a.machine.typeName(a[0]))' object")
    }
    return moment
  }

  /// An integer argument.
  static func number(_ value: Value, _ machine: Machine) throws(Raise) -> Int {
    if let number = try machine.index(value) { return number }
    throw Raise(
      .typeError, "'\(machine.typeName(value))' object cannot be interpreted as an integer")
  }

  // MARK: - Checks

  static func checkDate(_ moment: MomentObject) throws(Raise) {
    if !(1...9999).contains(moment.year) {
      throw Raise(.valueError, "year \(moment.year) is out of range")
    }
    if !(1...12).contains(moment.month) { throw Raise(.valueError, "month must be in 1..12") }
    if !(1...Days.inMonth(moment.year, moment.month)).contains(moment.day) {
      throw Raise(.valueError, "day is out of range for month")
    }
  }

  static func checkTime(_ moment: MomentObject, _ machine: Machine) throws(Raise) {
    if !(0...23).contains(moment.hour) { throw Raise(.valueError, "hour must be in 0..23") }
    if !(0...59).contains(moment.minute) { throw Raise(.valueError, "minute must be in 0..59") }
    if !(0...59).contains(moment.second) { throw Raise(.valueError, "second must be in 0..59") }
    if !(0...999_999).contains(moment.micro) {
      throw Raise(.valueError, "microsecond must be in 0..999999")
    }
    if moment.fold != 0, moment.fold != 1 {
      throw Raise(.valueError, "fold must be either 0 or 1")
    }
    try checkZone(moment.zone, machine)
  }

  static func checkZone(_ zone: Value, _ machine: Machine) throws(Raise) {
    guard zone.isNone || machine.type(of: zone).isSubclass(of: machine.type(TimeZones.base)) else {
      throw Raise(
        .typeError,
        "tzinfo argument must be None or of a tzinfo subclass, not type '\(machine.typeName(zone))'")
    }
  }

  // MARK: - Making

  static func date(
    _ ordinal: Int, _ type: TypeObject, _ machine: Machine
  ) throws(Raise) -> MomentObject {
    guard (1...3_652_059).contains(ordinal) else {
      throw Raise(.overflowError, "date value out of range")
    }
    let result = MomentObject(type)
    (result.year, result.month, result.day) = Days.date(ordinal)
    return result
  }

  /// A moment so many microseconds after 0001-01-01.
  static func moment(
    _ micros: Int, zone: Value, _ type: TypeObject, _ machine: Machine
  ) throws(Raise) -> MomentObject {
    let day = Timedelta.day
    let days = micros >= 0 ? micros / day : -((day - 1 - micros) / day)
    let result = try date(days + 1, type, machine)
    setTime(result, micros - days * day)
    result.zone = zone
    return result
  }

  static func setTime(_ moment: MomentObject, _ micros: Int) {
    moment.micro = micros % 1_000_000
    let seconds = micros / 1_000_000
    moment.second = seconds % 60
    moment.minute = seconds / 60 % 60
    moment.hour = seconds / 3600
  }

  static func copy(_ moment: MomentObject, _ type: TypeObject? = nil) -> MomentObject {
    let result = MomentObject(type ?? moment.type)
    (result.year, result.month, result.day) = (moment.year, moment.month, moment.day)
    (result.hour, result.minute, result.second) = (moment.hour, moment.minute, moment.second)
    (result.micro, result.fold, result.zone) = (moment.micro, moment.fold, moment.zone)
    return result
  }

  // MARK: - Zones

  /// How far a moment's zone is from UTC, in microseconds; nil when it has none.
  static func offset(_ moment: MomentObject, _ machine: Machine) throws(Raise) -> Int? {
    if moment.zone.isNone { return nil }
    if let zone = moment.zone.asInstance as? ZoneObject { return zone.offset }
    let argument =
      kind(.object(moment), machine) == .time ? Value.none : .object(moment)
    let method = try machine.attribute(moment.zone, "utcoffset")
    let result = try machine.call(method, [argument])
    if result.isNone { return nil }
    guard let delta = result.asInstance as? DeltaObject else {
      throw Raise(
        .typeError,
        "tzinfo.utcoffset() must return None or a timedelta, not '\(machine.typeName(result))'")
    }
    return Int(exactly: delta.total) ?? 0
  }

  /// Asks the zone something: `tzname`, `dst`.
  static func ask(_ moment: MomentObject, _ name: String, _ machine: Machine) throws(Raise) -> Value {
    if moment.zone.isNone { return .none }
    let argument =
      kind(.object(moment), machine) == .time ? Value.none : .object(moment)
    return try machine.call(machine.attribute(moment.zone, name), [argument])
  }

  /// Seconds since 1970 in UTC, exactly, in microseconds.
  static func timestamp(_ moment: MomentObject, _ machine: Machine) throws(Raise) -> Int {
    let epoch = (Days.ordinal(1970, 1, 1) - 1) * Timedelta.day
    if let offset = try offset(moment, machine) { return moment.micros - offset - epoch }
    let fields = Clock.Fields(
      year: moment.year, month: moment.month, day: moment.day, hour: moment.hour,
      minute: moment.minute, second: moment.second)
    return Clock.localSeconds(fields) * 1_000_000 + moment.micro
  }

  // MARK: - Comparing

  static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares in time.") { a in
      let left = try own(a)
      guard let right = a[1].asInstance as? MomentObject else { return .notImplemented }
      let machine = a.machine
      let kinds = (kind(a[0], machine), kind(a[1], machine))
      if kinds.0 != kinds.1 {
        if op < 2 || kinds.0 == .time || kinds.1 == .time { return .notImplemented }
        throw Raise(
          .typeError, "can't compare \(machine.typeName(a[0])) to \(machine.typeName(a[1]))")
      }
      var x = kinds.0 == .time ? left.microsOfDay : left.micros
      var y = kinds.0 == .time ? right.microsOfDay : right.micros
      let offsets = (try offset(left, machine), try offset(right, machine))
      switch offsets {
      case (nil, nil): break
      case (let p?, let q?):
        x -= p
        y -= q
      default:
        if op < 2 { return .bool(op == 1) }
        throw Raise(
          .typeError,
          "can't compare offset-naive and offset-aware \(kinds.0 == .time ? "times" : "datetimes")")
      }
      return .bool(Machine.compareInts(op, x, y))
    }
  }

  static let comparisons = [
    comparison("eq", 0), comparison("ne", 1), comparison("lt", 2), comparison("le", 3),
    comparison("gt", 4), comparison("ge", 5),
  ]

  /// What all three have.
  static let shared: [Native] =
    comparisons + [
      Native("__copy__(self)", "The object itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The object itself.") { a in a[0] },
      Native("strftime(self, format)", "The text by a format of % codes.",
        example: "datetime.date(2024, 5, 17).strftime('%d.%m.%Y')"
      ) { a in
        guard let format = a[1].swiftString else {
          throw Raise(
            .typeError, "strftime() argument 1 must be str, not \(a.machine.typeName(a[1]))")
        }
        return .string(try DateText.format(own(a), format, a.machine))
      },
      Native("__format__(self, format_spec)", "The text by a format; empty for str().") { a in
        let format = try a.string(1)
        if format.isEmpty { return .object(try a.machine.textObject(of: a[0])) }
        return .string(try DateText.format(own(a), format, a.machine))
      },
      Native("__hash__(self)", "Equal moments have equal hashes.") { a in
        let moment = try own(a)
        let place =
          kind(a[0], a.machine) == .time ? moment.microsOfDay : moment.micros
        return .int(try Floats.hash(place - (offset(moment, a.machine) ?? 0)))
      },
    ]
}
