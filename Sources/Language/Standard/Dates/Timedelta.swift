import BigInt

/// A span of time: `datetime.timedelta`. Kept as Python keeps it: days of any sign, then seconds
/// and microseconds that count up from there.
final class DeltaObject: Instance {
  fileprivate(set) var days = 0
  fileprivate(set) var seconds = 0
  fileprivate(set) var micros = 0

  var total: BigInt { (BigInt(days) * 86400 + BigInt(seconds)) * 1_000_000 + BigInt(micros) }
  /// Whole seconds; what is behind the point does not count.
  var wholeSeconds: Int { days * 86400 + seconds }
}

enum Timedelta {
  static let day = 86400 * 1_000_000

  /// A span of so many microseconds.
  static func make(_ micros: BigInt, _ machine: Machine) throws(Raise) -> Value {
    let (days, rest) = Integers.floorDivide(micros, BigInt(day))
    guard let count = Int(exactly: days), count.magnitude <= 999_999_999 else {
      if days.magnitude > 0x7FFF_FFFF {
        throw Raise(.overflowError, "Python int too large to convert to C int")
      }
      throw Raise(
        .overflowError, "days=\(days); must have magnitude <= 999999999")
    }
    let result = DeltaObject(machine.type(table))
    let part = Int(exactly: rest) ?? 0
    result.days = count
    result.seconds = part / 1_000_000
    result.micros = part % 1_000_000
    return .object(result)
  }

  static func make(seconds: Int, _ machine: Machine) throws(Raise) -> Value {
    try make(BigInt(seconds) * 1_000_000, machine)
  }

  private static func own(_ a: Arguments) throws(Raise) -> DeltaObject {
    guard let delta = a[0].asInstance as? DeltaObject else {
      throw Raise(.typeError, "a timedelta is needed")
    }
    return delta
  }

  private static func other(_ a: Arguments) -> DeltaObject? { a[1].asInstance as? DeltaObject }

  // MARK: - Text

  static func text(_ delta: DeltaObject) -> String {
    var result = ""
    if delta.days != 0 {
      result = "\(delta.days) day\(abs(delta.days) == 1 ? "" : "s"), "
    }
    let minutes = delta.seconds / 60
    result += "\(minutes / 60):\(DateText.two(minutes % 60)):\(DateText.two(delta.seconds % 60))"
    if delta.micros != 0 { result += "." + DateText.padded(delta.micros, 6) }
    return result
  }

  private static func repr(_ delta: DeltaObject) -> String {
    let parts = [("days", delta.days), ("seconds", delta.seconds), ("microseconds", delta.micros)]
      .filter { $0.1 != 0 }.map { "\($0.0)=\($0.1)" }
    return "datetime.timedelta(\(parts.isEmpty ? "0" : parts.joined(separator: ", ")))"
  }

  // MARK: - The type

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares lengths.") { a in
      guard let right = other(a) else { return .notImplemented }
      let x = try own(a).total
      let y = right.total
      return .bool(Machine.compareInts(op, x < y ? -1 : x == y ? 0 : 1, 0))
    }
  }

  private static func constant(
    _ name: String, _ micros: BigInt
  ) -> (name: String, make: (Machine) -> Value) {
    (name, { machine in (try? make(micros, machine)) ?? .none })
  }

  private static let units: [(String, Int)] = [
    ("days", day), ("seconds", 1_000_000), ("microseconds", 1), ("milliseconds", 1000),
    ("minutes", 60_000_000), ("hours", 3_600_000_000), ("weeks", 7 * day),
  ]

  static let table: TypeTable = TypeTable(
    "timedelta", module: "datetime", doc: "A span of time.", showsModule: true,
    allocate: { DeltaObject($0) },
    properties: [
      NativeProperty("days", "Whole days, down.") { value, _ in
        .int((value.asInstance as? DeltaObject)?.days ?? 0)
      },
      NativeProperty("seconds", "Seconds of the last day.") { value, _ in
        .int((value.asInstance as? DeltaObject)?.seconds ?? 0)
      },
      NativeProperty("microseconds", "Microseconds of the last second.") { value, _ in
        .int((value.asInstance as? DeltaObject)?.micros ?? 0)
      },
    ],
    methods: [
      Native(
        "__init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, "
          + "weeks=0)", "A span from its parts.", example: "datetime.timedelta(hours=1.5)"
      ) { a in
        var sum = Rational(0)
        for (index, unit) in units.enumerated() {
          let value = a[index + 1]
          guard value.asDouble != nil, let number = a.machine.rational(value) else {
            if let number = value.asDouble {
              throw number.isNaN
                ? Raise(.valueError, "cannot convert float NaN to integer")
                : Raise(.overflowError, "cannot convert float infinity to integer")
            }
            throw Raise(
              .typeError, "unsupported type for timedelta \(unit.0) component: "
                + a.machine.typeName(value))
          }
          sum = sum + number * Rational(BigInt(unit.1))
        }
        let target = try own(a)
        if let made = try make(sum.rounded, a.machine).asInstance as? DeltaObject {
          target.days = made.days
          target.seconds = made.seconds
          target.micros = made.micros
        }
        return .none
      },
      Native("total_seconds(self)", "The length in seconds.") { a in
        .float(Integers.trueDivide(try own(a).total, 1_000_000))
      },
      Native("__add__(self, other)", "The sum.") { a in
        guard let right = other(a) else { return .notImplemented }
        return try make(own(a).total + right.total, a.machine)
      },
      Native("__sub__(self, other)", "The difference.") { a in
        guard let right = other(a) else { return .notImplemented }
        return try make(own(a).total - right.total, a.machine)
      },
      multiplication("mul"), multiplication("rmul"),
      Native("__truediv__(self, other)", "A part, or the ratio of two spans.") { a in
        let left = try own(a).total
        if let right = other(a) {
          if right.total == 0 { throw Raise(.zeroDivisionError, "division by zero") }
          return .float(Integers.trueDivide(left, right.total))
        }
        guard a[1].asDouble != nil, let number = a.machine.rational(a[1]) else {
          return .notImplemented
        }
        if number.numerator == 0 {
          if case .float = a[1] { throw Raise(.zeroDivisionError, "float division by zero") }
          throw Raise(.zeroDivisionError, "integer division or modulo by zero")
        }
        return try make((Rational(left) / number).rounded, a.machine)
      },
      Native("__floordiv__(self, other)", "A part or a count, rounded down.") { a in
        let left = try own(a).total
        guard let right = other(a)?.total ?? a[1].asInteger else { return .notImplemented }
        if right == 0 {
          throw Raise(.zeroDivisionError, "integer division or modulo by zero")
        }
        let quotient = Integers.floorDivide(left, right).0
        return other(a) == nil ? try make(quotient, a.machine) : .integer(quotient)
      },
      Native("__mod__(self, other)", "What is left over.") { a in
        guard let right = other(a)?.total else { return .notImplemented }
        if right == 0 {
          throw Raise(.zeroDivisionError, "integer division or modulo by zero")
        }
        return try make(Integers.floorDivide(own(a).total, right).1, a.machine)
      },
      Native("__divmod__(self, other)", "How often, and what is left over.") { a in
        guard let right = other(a)?.total else { return .notImplemented }
        if right == 0 {
          throw Raise(.zeroDivisionError, "integer division or modulo by zero")
        }
        let (quotient, rest) = Integers.floorDivide(try own(a).total, right)
        return .tuple([.integer(quotient), try make(rest, a.machine)])
      },
      Native("__neg__(self)", "The same span backwards.") { a in
        try make(-own(a).total, a.machine)
      },
      Native("__pos__(self)", "The span itself.") { a in a[0] },
      Native("__abs__(self)", "The span forwards.") { a in
        try make(BigInt(own(a).total.magnitude), a.machine)
      },
      Native("__bool__(self)", "Whether it is not zero.") { a in .bool(try own(a).total != 0) },
      Native("__hash__(self)", "The hash of the length.") { a in
        .int(Floats.hash(try own(a).total))
      },
      Native("__repr__(self)", "The span as one would write it.") { a in
        .string(repr(try own(a)))
      },
      Native("__str__(self)", "Days and hours.") { a in .string(text(try own(a))) },
      Native("__copy__(self)", "The span itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The span itself.") { a in a[0] },
      comparison("eq", 0), comparison("ne", 1), comparison("lt", 2), comparison("le", 3),
      comparison("gt", 4), comparison("ge", 5),
    ])

  private static func multiplication(_ name: String) -> Native {
    Native("__\(name)__(self, other)", "The span several times.") { a in
      guard a[1].asDouble != nil, let number = a.machine.rational(a[1]) else {
        return .notImplemented
      }
      return try make((Rational(try own(a).total) * number).rounded, a.machine)
    }
  }

  /// The constants of the class need the class itself.
  static func addConstants(to type: TypeObject, _ machine: Machine) {
    if type.lookup("resolution") != nil { return }
    for (name, value) in [
      constant("min", -999_999_999 * BigInt(day)),
      constant("max", 1_000_000_000 * BigInt(day) - 1), constant("resolution", 1),
    ] { type.set(name, value(machine)) }
  }
}
