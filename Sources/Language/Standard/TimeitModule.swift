#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `timeit`: how long code takes.
enum TimeitModule {
  static let table = ModuleTable(
    "timeit", doc: "How long code takes.",
    entries: [
      .function(
        Native("default_timer()", "Seconds of a clock that only goes forward.",
          example: "import timeit\ntimeit.default_timer()"
        ) { _ in .float(Double(TimeModule.nanoseconds(CLOCK_MONOTONIC)) / 1e9) }),
      .function(
        Native(
          "timeit(stmt='pass', setup='pass', timer=None, number=1000000, globals=None)",
          "Seconds that a statement takes, run so many times.",
          example: "import timeit\ntimeit.timeit('1 + 1', number=10)"
        ) { a in .float(try measure(a[0], a[1], a.size(3), a.machine)) }),
      .function(
        Native(
          "repeat(stmt='pass', setup='pass', timer=None, repeat=5, number=1000000, globals=None)",
          "The same several times.", example: "import timeit\ntimeit.repeat('1 + 1', number=10)"
        ) { a in
          var result: [Value] = []
          for _ in 0..<max(0, try a.size(3)) {
            result.append(.float(try measure(a[0], a[1], a.size(4), a.machine)))
          }
          return .list(result)
        }),
      .type(timer),
    ])

  /// A statement as something to call: a callable as it is, a text as a function of the session.
  private static func callable(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    if Callables.isCallable(value, machine) { return value }
    guard let text = value.swiftString else {
      throw Raise(.valueError, "stmt is neither a string nor callable")
    }
    let body = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
    // The names of the session stay readable; what the statement assigns is its own.
    let hadName = machine[global: "_timeit_statement"]
    _ = try machine.run("def _timeit_statement():\n\(body)\n", name: "<timeit>")
    let made = machine[global: "_timeit_statement"] ?? .none
    machine[global: "_timeit_statement"] = hadName
    return made
  }

  private static func measure(
    _ statement: Value, _ setup: Value, _ number: Int, _ machine: Machine
  ) throws(Raise) -> Double {
    if let text = setup.swiftString {
      if text != "pass" { _ = try machine.run(text, name: "<timeit>") }
    } else {
      _ = try machine.call(callable(setup, machine))
    }
    let function = try callable(statement, machine)
    let start = TimeModule.nanoseconds(CLOCK_MONOTONIC)
    for _ in 0..<max(0, number) {
      _ = try machine.call(function)
      try machine.poll()
    }
    return Double(TimeModule.nanoseconds(CLOCK_MONOTONIC) - start) / 1e9
  }

  private static let timer = TypeTable(
    "Timer", module: "timeit", doc: "A statement to be timed.",
    methods: [
      Native("__init__(self, stmt='pass', setup='pass', timer=None, globals=None)", "The statement.",
        example: "import timeit\ntimeit.Timer('1 + 1').timeit(10)"
      ) { a in
        a[0].asInstance?.setOwn("_statement", a[1])
        a[0].asInstance?.setOwn("_setup", a[2])
        return .none
      },
      Native("timeit(self, number=1000000)", "Seconds that it takes, run so many times.") { a in
        .float(
          try measure(
            a[0].asInstance?.own("_statement") ?? .none, a[0].asInstance?.own("_setup") ?? .none,
            a.size(1), a.machine))
      },
      Native("repeat(self, repeat=5, number=1000000)", "The same several times.") { a in
        var result: [Value] = []
        for _ in 0..<max(0, try a.size(1)) {
          result.append(
            .float(
              try measure(
                a[0].asInstance?.own("_statement") ?? .none,
                a[0].asInstance?.own("_setup") ?? .none, a.size(2), a.machine)))
        }
        return .list(result)
      },
      Native("autorange(self, callback=None)", "How often it runs in a fifth of a second, and the time.") {
        a in
        var number = 1
        while true {
          for unit in [1, 2, 5] {
            let count = number * unit
            let time = try measure(
              a[0].asInstance?.own("_statement") ?? .none,
              a[0].asInstance?.own("_setup") ?? .none, count, a.machine)
            if time >= 0.2 { return .tuple([.int(count), .float(time)]) }
          }
          number *= 10
        }
      },
    ])
}
