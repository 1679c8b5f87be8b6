import Language
import Syntax

/// `%time` and `%timeit`, for lines and cells.
enum TimingCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "time", .timing, "STATEMENT", "Runs a statement, or a whole cell, once and says how long it took.",
      example: "%time total = sum(range(100_000))",
      line: { (call) throws(Raise) in
        if call.argument.isEmpty { throw call.needs("a statement") }
        let watch = Stopwatch()
        let value = try call.session.run(source: call.argument, name: call.session.cellName)
        call.write(watch.report())
        try call.session.showValue(value)
      },
      cell: { (call, cell) throws(Raise) in
        if !call.argument.isEmpty {
          throw call.misuse("the first line takes no statement; write %time to time one line")
        }
        let watch = Stopwatch()
        let value = try call.session.run(source: cell.source, name: call.session.cellName)
        call.write(watch.report())
        return value
      }),
    NotebookCommand(
      "timeit", .timing, "[-n N] [-r R] [-p P] [-q] STATEMENT",
      "Times a statement, or a cell, over many runs. The first line of a cell is its setup, not timed.",
      options: [
        "-n N  loops in a run (as many as take 0.2 s)", "-r R  runs (7)",
        "-p P  digits (3)", "-q    prints nothing",
      ],
      example: "%timeit -r 3 -n 10 sum(range(1000))",
      line: { (call) throws(Raise) in
        let options = try call.options("n:r:p:q")
        if options.rest.isEmpty { throw call.needs("a statement") }
        try measure(
          Source(name: call.session.cellName, text: options.rest), setup: nil, options, call)
      },
      cell: { (call, cell) throws(Raise) in
        let options = try call.options("n:r:p:q")
        let name = call.session.cellName
        let setup = options.rest.isEmpty ? nil : Source(name: name, text: options.rest)
        try measure(Source(name: name, text: cell.source), setup: setup, options, call)
        return .undefined
      }),
  ]

  private static func measure(
    _ body: Source, setup: Source?, _ options: CommandOptions, _ call: CommandCall
  ) throws(Raise) {
    let given = try call.number("n", in: options)
    let runs = try call.number("r", in: options) ?? 7
    let digits = try call.number("p", in: options) ?? 3
    if runs > 10_000 { throw call.misuse("option -r takes at most 10000 runs, got \(runs)") }
    if digits > 17 { throw call.misuse("option -p takes at most 17 digits, got \(digits)") }
    let loop = try TimedLoop(body, setup: setup, call.machine) { Stopwatch.now }
    let result = try Timing.measure(loop, loops: given, runs: runs)
    if !options.has("q") { call.write(result.report(digits: digits)) }
  }
}
