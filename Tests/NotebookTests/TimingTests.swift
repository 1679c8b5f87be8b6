import TestSupport
import Testing

@testable import Notebook

/// `%time` and `%timeit`.
@Suite struct TimingTests {
  @Test(arguments: [
    (0, "0 ns"), (1.5e-9, "1.5 ns"), (12.34e-6, "12.3 µs"), (999e-6, "999 µs"), (0.001, "1 ms"),
    (0.1234, "123 ms"), (1, "1 s"), (59.99, "60 s"), (60, "1min"), (61.5, "1min 1s"),
    (3661, "1h 1min 1s"), (90_000, "1d 1h"),
  ])
  func aTimeReadsAsInIPython(_ seconds: Double, _ text: String) {
    #expect(Timing.text(seconds) == text)
  }

  @Test func timePrintsTwoLinesAndTheValue() throws {
    try onBigStack {
      let session = try RecordedSession()
      let outcome = session.run("%time sum(range(1000))")
      let lines = outcome.text.split(separator: "\n")
      #expect(lines.count == 2)
      let cpu = #/CPU times: user [\d.]+ [mµn]?s, sys: [\d.]+ [mµn]?s, total: [\d.]+ [mµn]?s/#
      #expect(try cpu.wholeMatch(in: String(lines[0])) != nil, "\(lines[0])")
      #expect(try #/Wall time: [\d.]+ [mµn]?s/#.wholeMatch(in: String(lines[1])) != nil)
      #expect(outcome.bundles.map(\.plain) == ["499500"])
      // What it assigns stays.
      session.run("%time kept = 41")
      #expect(session.run("kept + 1").result == "42")
    }
  }

  @Test func timeOfACellGivesItsResult() throws {
    try onBigStack {
      let session = try RecordedSession()
      let outcome = session.run("%%time\nx = 20\nprint('in')\nx + 1")
      #expect(outcome.text.hasPrefix("in\nCPU times: user "))
      #expect(outcome.result == "21")
      #expect(
        session.run("%%time x\nx").error
          == "UsageError: %%time: the first line takes no statement; write %time to time one line")
      #expect(session.run("%time").error == "UsageError: %time: a statement is missing")
      #expect(session.run("%time").hint == "Usage: %time STATEMENT or %%time STATEMENT")
    }
  }

  @Test func timeitSaysMeanAndDeviation() throws {
    try onBigStack {
      let session = try RecordedSession()
      let text = session.run("%timeit -n 20 -r 3 sum(range(100))").text
      let line = #/(The slowest.*\n)?[\d.]+ [mµn]?s ± [\d.]+ [mµn]?s per loop \(mean ± std\. dev\. of 3 runs, 20 loops each\)\n/#
      #expect(try line.wholeMatch(in: text) != nil, "\(text)")
      #expect(session.run("%timeit -n1000 -r1 1 + 1").text.contains("of 1 run, 1,000 loops each)"))
      #expect(session.run("%timeit -q -n 1 -r 1 1").text == "")
    }
  }

  @Test func timeitFindsTheNumberOfLoops() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run("calls = [0]\ndef f():\n  calls[0] += 1\n  for i in range(20_000): pass")
      let text = session.run("%timeit -r 2 f()").text
      #expect(text.contains("of 2 runs, 1"), "\(text)")
      // At least as many calls as two runs need.
      let calls = try #require(session.run("calls[0]").result.flatMap { Int($0) })
      #expect(calls >= 3)
    }
  }

  @Test func namesOfATimedStatementAreItsOwn() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run("data = [3, 1, 2]\nx = 'kept'")
      #expect(session.run("%timeit -n 2 -r 1 x = sorted(data)").error == nil)
      #expect(session.run("x").result == "'kept'")
      #expect(session.run("%%timeit -n 3 -r 1 total = 5\ntotal += 1\nassert total > 5").error == nil)
      #expect(session.run("total").error?.hasPrefix("NameError") == true)
    }
  }

  @Test func wrongUseIsExplained() throws {
    try onBigStack {
      let session = try RecordedSession()
      for (cell, message) in [
        ("%timeit", "%timeit: a statement is missing"),
        ("%timeit -n x 1", "%timeit: option -n takes a number from 1 on, got 'x'"),
        ("%timeit -n 0 1", "%timeit: option -n takes a number from 1 on, got '0'"),
        ("%timeit -z 1", "%timeit: there is no option -z; there are -n, -p, -q, -r"),
        ("%timeit -r", "%timeit: option -r needs a value"),
        ("%timeit -r 1000000 1", "%timeit: option -r takes at most 10000 runs, got 1000000"),
      ] {
        #expect(session.run(cell).error == "UsageError: " + message)
      }
      #expect(session.run("%timeit 1 +").error == "SyntaxError: invalid syntax")
      #expect(session.run("%timeit undefined_name").error?.hasPrefix("NameError") == true)
      #expect(session.run("%%timeit\n%who").error?.hasPrefix("SyntaxError: %who cannot be timed") == true)
      #expect(session.run("%%timeit\nreturn 1").error == "SyntaxError: 'return' outside function")
      // A minus sign begins no option.
      #expect(session.run("%timeit -n 1 -r 1 -1 + 2").error == nil)
      #expect(session.run("%time -1").bundles.map(\.plain) == ["-1"])
    }
  }
}
