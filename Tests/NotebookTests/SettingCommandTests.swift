import Compute
import TestSupport
import Testing

@testable import Notebook

/// `%seed`, `%threads`, `%memory`, `%env`. One after the other: threads and limits are the process's.
@Suite(.serialized) struct SettingCommandTests {
  @Test func seedBeginsAllStreamsAnew() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run("import random, torch, keras\nimport numpy as np")
      let draw = "[random.random(), float(np.random.rand()), float(torch.rand(1))]"
      session.run("%seed 42")
      let first = session.run(draw).result
      #expect(session.run(draw).result != first)
      session.run("%seed 42")
      #expect(session.run(draw).result == first)
      // What CPython and NumPy give for this seed.
      session.run("%seed 42")
      #expect(session.run("random.random()").result == "0.6394267984578837")
      #expect(session.run("round(float(np.random.rand()), 12)").result == "0.374540118847")
      #expect(session.run("%seed").error == "UsageError: %seed: a number is missing")
      for wrong in ["x", "-1", "1.5", "4294967296"] {
        #expect(
          session.run("%seed \(wrong)").error
            == "UsageError: %seed: it takes a whole number from 0 to 4294967295 (2**32 - 1), got '\(wrong)'")
      }
    }
  }

  @Test func threadsAreShownAndSet() throws {
    try onBigStack {
      let before = ThreadPool.threadCount
      defer { ThreadPool.threadCount = before }
      let session = try RecordedSession()
      #expect(session.run("%threads 1").text.hasPrefix("1 thread on "))
      #expect(ThreadPool.threadCount == 1)
      #expect(session.run("%threads 3").text.hasPrefix("3 threads on "))
      #expect(session.run("%threads").text.hasPrefix("3 threads on "))
      for wrong in ["0", "-2", "many", "1000"] {
        #expect(
          session.run("%threads \(wrong)").error?
            .hasPrefix("UsageError: %threads: it takes a number of threads from 1 to 256, got '\(wrong)'")
            == true)
      }
      #expect(ThreadPool.threadCount == 3)
    }
  }

  @Test func memoryShowsWhatIsTaken() throws {
    try onBigStack {
      let before = Memory.limit
      defer { Memory.limit = before }
      let session = try RecordedSession()
      session.run("import torch\nx = torch.zeros(1000, 1000)\nl = []\nl.append(l)\ndel l")
      let text = session.run("%memory").text
      #expect(text.split(separator: "\n").count == 4)
      #expect(try #/process   [\d.]+ [MG]B resident/#.firstMatch(in: text) != nil)
      #expect(try #/arrays    [\d.]+ MB of at most [\d.]+ [MG]B/#.firstMatch(in: text) != nil)
      #expect(session.run("%memory -c").text.contains(" freed in "))
      #expect(session.session.machine.collector.statistics.freed >= 1)
      #expect(session.run("%memory 1.5GB").text.contains("of at most 1.5 GB"))
      #expect(Memory.limit == 1_500_000_000)
      #expect(session.run("%memory lots").error == "UsageError: %memory: 'lots' is no size; write 500MB or 2GB")
      #expect(session.run("%memory 1KB").error?.contains("arrays take ") == true)
    }
  }

  @Test(arguments: [
    ("500MB", 500_000_000), ("2 GB", 2_000_000_000), ("1.5gb", 1_500_000_000), ("10", 10), ("3K", 3000),
    ("x", nil), ("-1MB", nil), ("", nil), ("1e30GB", nil), ("nanMB", nil),
  ] as [(String, Int?)])
  func aSizeIsRead(_ text: String, _ bytes: Int?) {
    #expect(SessionCommands.bytes(text) == bytes)
  }

  @Test func theEnvironmentIsShownAndSet() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%env LESSON=3 4").text == "env: LESSON=3 4\n")
      #expect(session.run("%env LESSON").text == "3 4\n")
      #expect(session.run("import os\nos.environ['LESSON']").result == "'3 4'")
      #expect(session.run("%env OTHER two").text == "env: OTHER=two\n")
      session.run("%env SOME_API_KEY=secret")
      let all = session.run("%env").text
      #expect(all.contains("LESSON=3 4\n") && all.contains("SOME_API_KEY=<hidden>\n"))
      #expect(
        session.run("%env LESON").error
          == "UsageError: %env: there is no variable LESON; did you mean LESSON?")
      #expect(session.run("%env =x").error == "UsageError: %env: the name of the variable is missing")
    }
  }
}
