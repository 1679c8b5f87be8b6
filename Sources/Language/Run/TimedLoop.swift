import Syntax

/// Statements as a loop that measures itself, for `%timeit`: compiled once, like the body of a
/// function, so that what is measured is what a program would do.
public struct TimedLoop {
  private let machine: Machine
  private let function: Value
  private let clock: Value

  /// - Parameters:
  ///   - setup: runs once before the loop and is not timed; its names are the loop's.
  ///   - now: seconds on a clock that only goes forward.
  public init(
    _ body: Source, setup: Source? = nil, _ machine: Machine, now: @escaping () -> Double
  ) throws(Raise) {
    self.machine = machine
    function = try machine.loopFunction(body, setup: setup)
    clock = .object(
      NativeFunction(Native("clock()", "Seconds on a clock that only goes forward.") { _ in
        .float(now())
      }))
  }

  /// Runs the body so many times; gives the seconds that took.
  public func seconds(_ count: Int) throws(Raise) -> Double {
    let turns = Value.object(RangeObject(start: 0, stop: count, step: 1))
    let result = try machine.collector.whileTracking { () throws(Raise) -> Value in
      try machine.call(function, [turns, clock])
    }
    return result.asDouble ?? 0
  }
}

extension Machine {
  /// `def loop(turns, clock): setup; start = clock(); for turn in turns: body; return clock() - start`
  fileprivate func loopFunction(_ body: Source, setup: Source?) throws(Raise) -> Value {
    try collector.whileTracking { () throws(Raise) -> Value in
      let first = try setup.map { source throws(Raise) in try statements(source) } ?? []
      let definition = loopDefinition(
        setup: first, body: try statements(body), Span(0, body.text.count))
      // Errors in the setup get the body's source; its statements stand on one line.
      let code = try compile([definition], source: body)
      guard let inner = code.codes.first else {
        throw Raise(.systemError, "the statements could not be made into a loop")
      }
      return .object(
        FunctionObject(code: inner, closure: [], defaults: [], keywordDefaults: [:]))
    }
  }

  private func statements(_ source: Source) throws(Raise) -> [Statement] {
    let tree = try self.parse(source)
    for statement in tree {
      if case .command(let command) = statement.kind {
        throw Raise(
          .syntaxError, "%\(command.name) cannot be timed: a notebook command stands alone at the "
            + "start of a line")
      }
    }
    return tree
  }

  private func loopDefinition(setup: [Statement], body: [Statement], _ span: Span) -> Statement {
    // Names that no program can write.
    func name(_ text: String) -> Expression { Expression(.name("<\(text)>"), span) }
    func parameter(_ text: String) -> Parameters.Parameter {
      Parameters.Parameter(
        name: Identifier("<\(text)>", span), kind: .positional, annotation: nil, defaultValue: nil)
    }
    let now = Expression(.call(name("clock"), []), span)
    let loop = Statement(
      .forLoop(
        target: name("turn"), iterable: name("turns"),
        body: body.isEmpty ? [Statement(.pass, span)] : body, otherwise: []), span)
    let elapsed = Expression(.binary(.subtract, now, name("start")), span)
    return Statement(
      .function(
        FunctionDefinition(
          name: Identifier("loop", span), parameters: Parameters([parameter("turns"), parameter("clock")]),
          returns: nil,
          body: setup + [
            Statement(.assign([name("start")], now), span), loop,
            Statement(.return(elapsed), span),
          ], decorators: [])), span)
  }
}
