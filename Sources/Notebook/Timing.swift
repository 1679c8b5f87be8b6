import Glibc
import Language

/// Wall and CPU time from a moment on.
struct Stopwatch {
  private let wall = Stopwatch.read(CLOCK_MONOTONIC)
  private let cpu = Stopwatch.read(CLOCK_PROCESS_CPUTIME_ID)

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  var elapsed: Double { Stopwatch.read(CLOCK_MONOTONIC) - wall }

  /// Two lines, as IPython's `%time` prints them.
  func report() -> String {
    let cpu = Stopwatch.read(CLOCK_PROCESS_CPUTIME_ID) - cpu
    return "CPU times: total: \(Timing.text(cpu))\nWall time: \(Timing.text(elapsed))\n"
  }
}

enum Timing {
  /// Seconds with a unit and three digits.
  static func text(_ seconds: Double) -> String {
    let units: [(Double, String)] = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
    let (unit, name) = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
    let value = seconds / unit
    let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded)) \(name)" : "\(rounded) \(name)"
  }

  /// `%timeit`: enough loops that a run takes 0.2 s, seven runs, mean and deviation.
  static func measure(_ source: String, argument: String, _ session: Session) throws(Raise) {
    var loops = 1
    func once(_ count: Int) throws(Raise) -> Double {
      let watch = Stopwatch()
      for _ in 0..<count {
        _ = try session.machine.run(source, name: "<timeit>")
        try session.machine.poll()
      }
      return watch.elapsed
    }
    while try once(loops) < 0.1, loops < 10_000_000 { loops *= 10 }
    var times: [Double] = []
    for _ in 0..<7 { times.append(try once(loops) / Double(loops)) }
    let mean = times.reduce(0, +) / Double(times.count)
    let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(times.count)
    session.write(
      "\(text(mean)) ± \(text(variance.squareRoot())) per loop (mean ± std. dev. of 7 runs, "
        + "\(loops) loop\(loops == 1 ? "" : "s") each)\n", toError: false)
  }
}
