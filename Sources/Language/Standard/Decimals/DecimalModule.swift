import BigInt

/// The module `decimal`: decimal numbers with a chosen precision.
enum DecimalModule {
  static let table = ModuleTable(
    "decimal", doc: "Decimal numbers with a chosen precision.",
    entries: [.type(DecimalType.table), .type(DecimalContexts.table)]
      + DecimalErrors.entries + DecimalContexts.entries
      + DecimalRounding.allCases.map { mode in
        .value(name: mode.rawValue, doc: "A way of rounding.") { _ in .string(mode.rawValue) }
      } + [
        .value(name: "MAX_PREC", doc: "The largest precision.") { _ in
          .int(DecimalContext.largestPrecision)
        },
        .value(name: "MAX_EMAX", doc: "The largest exponent.") { _ in
          .int(DecimalContext.largestPrecision)
        },
        .value(name: "MIN_EMIN", doc: "The smallest exponent.") { _ in
          .int(-DecimalContext.largestPrecision)
        },
        .value(name: "HAVE_THREADS", doc: "Whether there are threads.") { _ in .bool(true) },
      ])
}

/// The exceptions of decimal arithmetic. A class has one base here: a division by zero is a
/// `ZeroDivisionError`, the others are a `DecimalException`.
enum DecimalErrors {
  private static let base = TypeTable(
    "DecimalException", module: "decimal", doc: "A condition of decimal arithmetic.",
    baseName: "ArithmeticError", showsModule: true)

  private static let tables: [DecimalSignal: TypeTable] = {
    var result: [DecimalSignal: TypeTable] = [:]
    for signal in DecimalSignal.allCases {
      let doc = "The condition \(signal.name) of decimal arithmetic."
      switch signal {
      case .divisionByZero:
        result[signal] = TypeTable(
          signal.name, module: "decimal", doc: doc, baseName: "ZeroDivisionError",
          showsModule: true)
      case .floatOperation:
        result[signal] = TypeTable(
          signal.name, module: "decimal", doc: doc, baseName: "TypeError", showsModule: true)
      default:
        result[signal] = TypeTable(
          signal.name, module: "decimal", doc: doc, base: base, showsModule: true)
      }
    }
    return result
  }()

  /// Kinds of invalid operations; they are named in messages.
  private static let details: [String: TypeTable] = Dictionary(
    uniqueKeysWithValues: ["ConversionSyntax", "DivisionImpossible", "DivisionUndefined"].map {
      ($0, TypeTable($0, module: "decimal", doc: "A kind of invalid operation.", base: base))
    })

  static let entries: [ModuleEntry] =
    [.type(base)] + DecimalSignal.allCases.compactMap { tables[$0].map { .type($0) } }

  static func type(_ signal: DecimalSignal, _ machine: Machine) -> TypeObject {
    machine.type(tables[signal] ?? base)
  }

  static func signal(of value: Value, _ machine: Machine) -> DecimalSignal? {
    DecimalSignal.allCases.first { value.asType === type($0, machine) }
  }

  static func raise(_ trap: DecimalTrap, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(type(trap.signal, machine))
    let detail = trap.detail.flatMap { details[$0] }.map { machine.type($0) }
    exception.arguments = [.list([.object(detail ?? type(trap.signal, machine))])]
    return Raise(exception)
  }
}
