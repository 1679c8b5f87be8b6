import Display
import Glibc
import Language

/// Wall and CPU time from a moment on.
struct Stopwatch {
  private let wall = Stopwatch.now
  private let start = Stopwatch.processorTimes

  /// Seconds on a clock that only goes forward.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Seconds that the processors spent for this process, in its code and in the system's.
  private static var processorTimes: (user: Double, system: Double) {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return (seconds(usage.ru_utime), seconds(usage.ru_stime))
  }

  /// Two lines, as IPython's `%time` prints them.
  func report() -> String {
    let elapsed = Stopwatch.now - wall
    let end = Stopwatch.processorTimes
    let user = max(0, end.user - start.user)
    let system = max(0, end.system - start.system)
    return "CPU times: user \(Timing.text(user)), sys: \(Timing.text(system)), "
      + "total: \(Timing.text(user + system))\nWall time: \(Timing.text(elapsed))\n"
  }
}

/// How long things take, measured and written as IPython does.
enum Timing {
  /// Seconds with a unit: `12.3 µs`, `1min 5s`.
  static func text(_ seconds: Double, digits: Int = 3) -> String {
    if seconds >= 60 {
      var parts: [String] = []
      var left = seconds
      for (name, size) in [("d", 86_400.0), ("h", 3600), ("min", 60), ("s", 1)] {
        let count = (left / size).rounded(.down)
        left -= count * size
        if count > 0 { parts.append("\(Int(count))\(name)") }
      }
      return parts.joined(separator: " ")
    }
    let units: [(Double, String)] = [(1, "s"), (1e3, "ms"), (1e6, "µs"), (1e9, "ns")]
    let order = seconds > 0 ? units.firstIndex { seconds * $0.0 >= 1 } ?? 3 : 3
    return "\(general(seconds * units[order].0, digits: digits)) \(units[order].1)"
  }

  /// `%.*g`.
  private static func general(_ value: Double, digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    _ = withVaList([Int32(digits), value]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The times of `%timeit`.
  struct Result {
    let loops: Int
    /// Seconds for one loop, of each run.
    let times: [Double]

    var mean: Double { times.reduce(0, +) / Double(times.count) }
    var deviation: Double {
      let mean = mean
      return (times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(times.count)).squareRoot()
    }

    func report(digits: Int) -> String {
      var text = ""
      let worst = times.max() ?? 0
      let best = times.min() ?? 0
      if best > 0, worst > 4 * best, worst > 1e-6 {
        let ratio = (worst / best * 100).rounded() / 100
        text = "The slowest run took \(ratio) times longer than the fastest. This could mean that an "
          + "intermediate result is being cached.\n"
      }
      let runs = times.count
      return text + "\(Timing.text(mean, digits: digits)) ± \(Timing.text(deviation, digits: digits)) "
        + "per loop (mean ± std. dev. of \(runs) run\(runs == 1 ? "" : "s"), "
        + "\(Timing.grouped(loops)) loop\(loops == 1 ? "" : "s") each)\n"
    }
  }

  /// `100,000`.
  static func grouped(_ number: Int) -> String {
    var text = ""
    let digits = Array(String(number))
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// As many loops as take 0.2 s, unless the number is given; then `runs` times those.
  static func measure(_ loop: TimedLoop, loops: Int?, runs: Int) throws(Raise) -> Result {
    var count = loops ?? 1
    if loops == nil {
      while try loop.seconds(count) < 0.2, count < 1_000_000_000 { count *= 10 }
    }
    var times: [Double] = []
    for _ in 0..<runs { times.append(try loop.seconds(count) / Double(count)) }
    return Result(loops: count, times: times)
  }
}
