/// A `decimal.Context`.
final class DecimalContextObject: Instance {
  var context = DecimalContext()
}

/// Contexts as programs see them.
enum DecimalContexts {
  /// The context that operators use now.
  static func current(_ machine: Machine) -> DecimalContextObject {
    if let known = machine.extensions["decimal"] as? DecimalContextObject { return known }
    let made = DecimalContextObject(machine.type(table))
    machine.extensions["decimal"] = made
    return made
  }

  static func make(_ context: DecimalContext, _ machine: Machine) -> DecimalContextObject {
    let result = DecimalContextObject(machine.type(table))
    result.context = context
    return result
  }

  private static func own(_ value: Value) throws(Raise) -> DecimalContextObject {
    if let found = value.asInstance as? DecimalContextObject { return found }
    throw Raise(.typeError, "optional argument must be a context")
  }

  // MARK: - Settings

  private static func size(
    _ value: Value, _ name: String, _ range: ClosedRange<Int>, _ machine: Machine
  ) throws(Raise) -> Int {
    guard value.isInteger else {
      throw Raise(
        .typeError, "'\(machine.typeName(value))' object cannot be interpreted as an integer")
    }
    guard let number = value.asInt, range.contains(number) else {
      let largest = range.upperBound == DecimalContext.largestPrecision ? "MAX_PREC" : "0"
      let text =
        switch name {
        case "prec": "valid range for prec is [1, \(largest)]"
        case "Emin": "valid range for Emin is [MIN_EMIN, 0]"
        case "Emax": "valid range for Emax is [0, MAX_EMAX]"
        case "capitals": "valid values for capitals are 0 or 1"
        default: "valid values for clamp are 0 or 1"
        }
      throw Raise(.valueError, text)
    }
    return number
  }

  static func rounding(_ value: Value) throws(Raise) -> DecimalRounding {
    if let found = value.swiftString.flatMap(DecimalRounding.init(rawValue:)) { return found }
    throw Raise(
      .typeError,
      "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   "
        + "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
  }

  private static func set(
    _ name: String, _ value: Value, _ object: DecimalContextObject, _ machine: Machine
  ) throws(Raise) {
    let largest = DecimalContext.largestPrecision
    switch name {
    case "prec": object.context.precision = try size(value, name, 1...largest, machine)
    case "rounding": object.context.rounding = try rounding(value)
    case "Emin": object.context.minimumExponent = try size(value, name, -largest...0, machine)
    case "Emax": object.context.maximumExponent = try size(value, name, 0...largest, machine)
    case "capitals": object.context.capitals = try size(value, name, 0...1, machine)
    case "clamp": object.context.clamp = try size(value, name, 0...1, machine)
    case "traps": object.context.traps = try signals(value, machine)
    default: object.context.flags = try signals(value, machine)
    }
  }

  /// A list of signals, or a mapping of signals to whether they hold.
  private static func signals(
    _ value: Value, _ machine: Machine
  ) throws(Raise) -> Set<DecimalSignal> {
    var result: Set<DecimalSignal> = []
    for item in try machine.array(value) {
      guard let signal = DecimalErrors.signal(of: item, machine) else {
        throw Raise(.keyError, "invalid error flag")
      }
      let isMapping = value.asDict != nil || value.asInstance is DecimalSignalsObject
      var holds = true
      if isMapping { holds = try machine.truth(machine.item(value, item)) }
      if holds { result.insert(signal) }
    }
    return result
  }

  private static func get(
    _ name: String, _ object: DecimalContextObject, _ machine: Machine
  ) -> Value {
    let context = object.context
    switch name {
    case "prec": return .int(context.precision)
    case "rounding": return .string(context.rounding.rawValue)
    case "Emin": return .int(context.minimumExponent)
    case "Emax": return .int(context.maximumExponent)
    case "capitals": return .int(context.capitals)
    case "clamp": return .int(context.clamp)
    default:
      let signals = DecimalSignalsObject(machine.type(DecimalSignals.table))
      signals.owner = object
      signals.isTraps = name == "traps"
      return .object(signals)
    }
  }

  private static let settings = [
    ("prec", "How many digits results have."), ("rounding", "How results are rounded."),
    ("Emin", "The smallest exponent."), ("Emax", "The largest exponent."),
    ("capitals", "Whether exponents print as E."), ("clamp", "Whether exponents are clamped."),
    ("flags", "The signals that there were."), ("traps", "The signals that raise."),
  ]

  // MARK: - The class

  private static let parameters =
    "prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None"

  /// Takes what was given of the settings, whose first stands at `first`.
  private static func take(
    _ a: Arguments, from first: Int, into object: DecimalContextObject
  ) throws(Raise) {
    for (offset, setting) in settings.enumerated() where !a[first + offset].isNone {
      try set(setting.0, a[first + offset], object, a.machine)
    }
  }

  static let table = TypeTable(
    "Context", module: "decimal", doc: "Precision, rounding and limits of decimal arithmetic.",
    showsModule: true, allocate: { DecimalContextObject($0) },
    properties: settings.map { name, doc in
      NativeProperty(
        name, doc,
        get: { value, machine in
          (value.asInstance as? DecimalContextObject).map { get(name, $0, machine) } ?? .none
        },
        set: { value, new, machine in try set(name, new, own(value), machine) })
    },
    methods: [
      Native("__init__(self, \(parameters))", "Settings.",
        example: "decimal.Context(prec=5)"
      ) { a in
        try take(a, from: 1, into: own(a[0]))
        return .none
      },
      Native("__repr__(self)", "The settings.") { a in
        let context = try own(a[0]).context
        func list(_ set: Set<DecimalSignal>) -> String {
          "[" + DecimalSignal.allCases.filter(set.contains).map(\.name).joined(separator: ", ") + "]"
        }
        return .string(
          "Context(prec=\(context.precision), rounding=\(context.rounding.rawValue), "
            + "Emin=\(context.minimumExponent), Emax=\(context.maximumExponent), "
            + "capitals=\(context.capitals), clamp=\(context.clamp), "
            + "flags=\(list(context.flags)), traps=\(list(context.traps)))")
      },
      Native("copy(self)", "A copy.") { a in .object(make(try own(a[0]).context, a.machine)) },
      Native("clear_flags(self)", "Forgets which signals there were.") { a in
        try own(a[0]).context.flags = []
        return .none
      },
      Native("clear_traps(self)", "No signal raises any more.") { a in
        try own(a[0]).context.traps = []
        return .none
      },
      Native("create_decimal(self, num='0', /)", "A number, rounded to the context.",
        example: "decimal.Context(prec=3).create_decimal('1.2345')"
      ) { a in
        let number = try DecimalType.convert(a[1], a.machine)
        return try DecimalType.compute(a.machine, in: own(a[0])) { (context) throws(DecimalTrap) in
          try context.fix(number)
        }
      },
    ] + operations)

  /// The operations with a context of their own: what the methods of numbers are called for both.
  private static let operations: [Native] =
    ["sqrt", "exp", "ln", "log10", "normalize", "to_integral_value", "abs", "minus", "plus"].map {
      name in
      Native("\(name)(self, x, /)", "The operation by this context.") { a in
        try within(a) { (machine) throws(Raise) in
          switch name {
          case "abs": try machine.call(machine.attribute(a[1], "__abs__"))
          case "minus": try machine.unary(.negate, a[1])
          case "plus": try machine.unary(.plus, a[1])
          default: try machine.call(machine.attribute(a[1], name))
          }
        }
      }
    }
    + [
      ("add", Opcode.add), ("subtract", .subtract), ("multiply", .multiply), ("divide", .divide),
      ("divide_int", .floorDivide), ("remainder", .modulo), ("power", .power),
    ].map { name, op in
      Native("\(name)(self, x, y, /)", "The operation by this context.") { a in
        let left = try DecimalType.value(a[1], a.machine)
        return try within(a) { (machine) throws(Raise) in try machine.binary(op, left, a[2]) }
      }
    }
    + ["quantize", "compare"].map { name in
      Native("\(name)(self, x, y, /)", "The operation by this context.") { a in
        let left = try DecimalType.value(a[1], a.machine)
        return try within(a) { (machine) throws(Raise) in
          try machine.call(machine.attribute(left, name), [a[2]])
        }
      }
    }

  private static func within(
    _ a: Arguments, _ body: (Machine) throws(Raise) -> Value
  ) throws(Raise) -> Value {
    let saved = current(a.machine)
    a.machine.extensions["decimal"] = try own(a[0])
    defer { a.machine.extensions["decimal"] = saved }
    return try body(a.machine)
  }

  // MARK: - The current context

  static let entries: [ModuleEntry] = [
    .function(
      Native("getcontext()", "The context in use.", example: "decimal.getcontext().prec") { a in
        .object(current(a.machine))
      }),
    .function(
      Native("setcontext(context, /)", "Makes a context the one in use.") { a in
        a.machine.extensions["decimal"] = try own(a[0])
        return .none
      }),
    .function(
      Native("localcontext(ctx=None, *, \(parameters))", "A copy of a context for a with block.",
        example: "with decimal.localcontext() as c:\n    c.prec = 3\n    print(decimal.Decimal(1) / 3)"
      ) { a in
        let machine = a.machine
        let base = a[0].isNone ? current(machine) : try own(a[0])
        let local = make(base.context, machine)
        try take(a, from: 1, into: local)
        let result = LocalContextObject(machine.type(localContext))
        result.context = local
        return .object(result)
      }),
    .value(name: "DefaultContext", doc: "The context of new sessions.") { machine in
      .object(make(DecimalContext(), machine))
    },
    .value(name: "BasicContext", doc: "9 digits, halves up, all errors raise.") { machine in
      var context = DecimalContext()
      context.precision = 9
      context.rounding = .halfUp
      context.traps = [.invalidOperation, .divisionByZero, .overflow, .underflow, .clamped]
      return .object(make(context, machine))
    },
    .value(name: "ExtendedContext", doc: "9 digits, nothing raises.") { machine in
      var context = DecimalContext()
      context.precision = 9
      context.traps = []
      return .object(make(context, machine))
    },
  ]

  private final class LocalContextObject: Instance {
    var context: DecimalContextObject?
    var saved: DecimalContextObject?

    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      visitor.visit(context)
      visitor.visit(saved)
    }
  }

  private static let localContext = TypeTable(
    "ContextManager", module: "decimal", doc: "A context for a with block.",
    methods: [
      Native("__enter__(self)", "Puts the context to use.") { a in
        let local = try a.receiver(LocalContextObject.self)
        guard let context = local.context else { return .none }
        local.saved = current(a.machine)
        a.machine.extensions["decimal"] = context
        return .object(context)
      },
      Native("__exit__(self, exc_type, exc_value, traceback)", "Brings back the one before.") { a in
        if let saved = try a.receiver(LocalContextObject.self).saved {
          a.machine.extensions["decimal"] = saved
        }
        return .bool(false)
      },
    ])
}

/// `context.flags` and `context.traps`: signals with whether they hold.
final class DecimalSignalsObject: Instance {
  var owner: DecimalContextObject?
  var isTraps = false

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(owner)
  }

  var signals: Set<DecimalSignal> {
    get { (isTraps ? owner?.context.traps : owner?.context.flags) ?? [] }
    set { if isTraps { owner?.context.traps = newValue } else { owner?.context.flags = newValue } }
  }
}

enum DecimalSignals {
  private static func key(_ a: Arguments) throws(Raise) -> DecimalSignal {
    if let found = DecimalErrors.signal(of: a[1], a.machine) { return found }
    throw Raise(.keyError, "invalid error flag")
  }

  private static func types(_ machine: Machine) -> [(Value, DecimalSignal)] {
    DecimalSignal.allCases.map { (.object(DecimalErrors.type($0, machine)), $0) }
  }

  static let table = TypeTable(
    "SignalDict", module: "decimal", doc: "Signals with whether they hold.",
    methods: AbstractCollections.mapping + [
      Native("__getitem__(self, key)", "Whether a signal holds.") { a in
        .bool(try a.receiver(DecimalSignalsObject.self).signals.contains(key(a)))
      },
      Native("__setitem__(self, key, value)", "Sets whether a signal holds.") { a in
        let object = try a.receiver(DecimalSignalsObject.self)
        let signal = try key(a)
        if try a.bool(2) { object.signals.insert(signal) } else { object.signals.remove(signal) }
        return .none
      },
      Native("__len__(self)", "How many signals there are.") { a in
        .int(DecimalSignal.allCases.count)
      },
      Native("__iter__(self)", "The signals.") { a in
        try a.machine.iterator(.list(types(a.machine).map(\.0)))
      },
      Native("__repr__(self)", "The signals with whether they hold.") { a in
        let signals = try a.receiver(DecimalSignalsObject.self).signals
        return .string(
          "{" + DecimalSignal.allCases.map {
            "<class 'decimal.\($0.name)'>:\(signals.contains($0) ? "True" : "False")"
          }.joined(separator: ", ") + "}")
      },
    ])
}
