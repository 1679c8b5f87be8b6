import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Language

/// Programs that nobody wrote: whatever they are, the machine answers with a value or an exception,
/// and goes on.
///
///     FUZZ_COUNT=2000000 swift test ... --filter FuzzTests     more programs
///     FUZZ_SEED=7                                              others
///     FUZZ_SEED=7 FUZZ_FIRST=123 FUZZ_COUNT=1                  one again
///     FUZZ_SLOW=100                                            names those of so many milliseconds
///
/// A crash takes the process along; the program under way is then in the file that is named first.
@Suite struct FuzzTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Builds for debugging are some thirty times slower.
  private static var usualCount: Int {
    #if DEBUG
      1000
    #else
      100_000
    #endif
  }

  /// What the watchdog sees.
  private final class Progress: Sendable {
    struct State {
      var number = -1
      var text: [UInt8] = []
      var interrupt: InterruptFlag?
      var isDone = false
    }
    let state = Mutex(State())
  }

  /// Seconds without an end after which a program hangs, on however busy a machine.
  private static let patience = 60.0

  @Test func anyProgramGivesAValueOrAnException() throws {
    let seed = UInt64(truncatingIfNeeded: FuzzTests.setting("FUZZ_SEED") ?? 1)
    let first = FuzzTests.setting("FUZZ_FIRST") ?? 0
    let count = FuzzTests.setting("FUZZ_COUNT") ?? FuzzTests.usualCount
    let slow = FuzzTests.setting("FUZZ_SLOW")
    let progress = Progress()
    let box = FileManager.default.temporaryDirectory
      .appendingPathComponent("swiftlet-fuzz-\(ProcessInfo.processInfo.processIdentifier).py")
    print("fuzz: seed \(seed), programs \(first)..<\(first + count); the one under way is in \(box.path)")
    Thread { FuzzTests.watch(progress, seed: seed) }.start()
    let clock = ContinuousClock()
    let begin = clock.now
    let outcomes = try onBigStack(bytes: 64 << 20) {
      let recorder = try BlackBox(box)
      let runner = try FuzzRunner()
      for number in first..<(first + count) {
        let (source, text) = ProgramSource.program(number, seed: seed)
        recorder.note("# FUZZ_SEED=\(seed) FUZZ_FIRST=\(number) FUZZ_COUNT=1 (\(source))\n", text)
        let interrupt = runner.interrupt
        progress.state.withLock {
          $0.number = number
          $0.text = text
          $0.interrupt = interrupt
        }
        let began = clock.now
        let complaint = try runner.run(text, fresh: count == 1)
        if let slow, began.duration(to: clock.now) > .milliseconds(slow) {
          print(
            "fuzz: FUZZ_FIRST=\(number) (\(source)) took \(began.duration(to: clock.now)):\n"
              + String(decoding: text, as: UTF8.self))
        }
        if let complaint {
          Issue.record(
            """
            \(complaint)
            FUZZ_SEED=\(seed) FUZZ_FIRST=\(number) FUZZ_COUNT=1 (\(source)):
            \(String(decoding: text, as: UTF8.self))
            """)
        }
      }
      return runner.outcomes
    }
    progress.state.withLock { $0.isDone = true }
    try? FileManager.default.removeItem(at: box)
    let total = outcomes.values.reduce(0, +)
    #expect(total == count)
    print("fuzz: \(total) programs in \(begin.duration(to: clock.now))")
    for (name, times) in outcomes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      print("fuzz: \(times) \(name)")
    }
    // The generators reach what they are made for.
    if count >= FuzzTests.usualCount {
      for name in ["value", "syntax: SyntaxError", "TypeError", "RecursionError", "MemoryError"] {
        #expect(outcomes[name, default: 0] > count / 1000, "\(name)")
      }
    }
  }

  /// Interrupts a program that does not end, and ends the process when that does not help.
  private static func watch(_ progress: Progress, seed: UInt64) {
    var number = -1
    var since = Moment()
    var complained = false
    while true {
      Thread.sleep(forTimeInterval: 0.5)
      let state = progress.state.withLock { $0 }
      if state.isDone { return }
      if state.number != number {
        number = state.number
        since = Moment()
        complained = false
        continue
      }
      // Time of the processor: a machine that is busy, or sleeps, is no fault of the program's.
      let waited = since.work
      if waited > patience, !complained {
        complained = true
        let report =
          "does not end: FUZZ_SEED=\(seed) FUZZ_FIRST=\(number) FUZZ_COUNT=1\n"
          + String(decoding: state.text, as: UTF8.self)
        Issue.record("\(report)")
        print(report)
        state.interrupt?.request()
      }
      // Nothing stops a thread from outside: the process ends, and the file tells which program it was.
      if waited > 2 * patience { abort() }
    }
  }
}

/// A moment, by the time that this process has computed and by a clock that stops with the machine.
private struct Moment {
  private let computed = Self.read(CLOCK_PROCESS_CPUTIME_ID)
  private let passed = Self.read(CLOCK_MONOTONIC)

  /// Seconds of work since then: what was computed, or a tenth of the time that went by if that is
  /// more, because a program that only waits does not end either.
  var work: Double {
    max(Self.read(CLOCK_PROCESS_CPUTIME_ID) - computed, (Self.read(CLOCK_MONOTONIC) - passed) / 10)
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The program under way, in a file that outlives the process.
private final class BlackBox {
  private let file: FileHandle
  init(_ url: URL) throws {
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    file = try FileHandle(forWritingTo: url)
  }
  func note(_ head: String, _ text: [UInt8]) {
    try? file.truncate(atOffset: 0)
    try? file.seek(toOffset: 0)
    try? file.write(contentsOf: Data(Array(head.utf8) + text))
  }
}
