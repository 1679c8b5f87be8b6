import Foundation

/// The times of the steps of some rounds, in seconds for one repetition.
struct Timing: Codable {
  var wall: [Double] = []
  var cpu: [Double] = []
  /// `Workload.loss`, from a peer that knows it.
  var loss: Double?

  mutating func append(_ other: Timing) {
    wall += other.wall
    cpu += other.cpu
    loss = other.loss ?? loss
  }

  static func quantile(_ values: [Double], _ q: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return .nan }
    return sorted[min(last, Int((Double(last) * q).rounded()))]
  }

  /// With one thread CPU time counts, which other programs on the machine hardly disturb; with
  /// several it is wall time that they save.
  func median(threads: Int) -> Double { Timing.quantile(threads == 1 ? cpu : wall, 0.5) }

  /// Half of what lies between the tenth and the ninetieth percentile, as a part of the median.
  func spread(threads: Int) -> Double {
    let values = threads == 1 ? cpu : wall
    return (Timing.quantile(values, 0.9) - Timing.quantile(values, 0.1)) / 2
      / Timing.quantile(values, 0.5)
  }

  /// Runs a step for about `seconds`, three times at least.
  static func measure(
    seconds: Double, repetitions: Int, _ step: () throws -> Void
  ) rethrows -> Timing {
    var result = Timing()
    let end = now(CLOCK_MONOTONIC) + seconds
    while result.wall.count < 3 || now(CLOCK_MONOTONIC) < end {
      let (cpu, wall) = (now(CLOCK_PROCESS_CPUTIME_ID), now(CLOCK_MONOTONIC))
      try step()
      result.wall.append((now(CLOCK_MONOTONIC) - wall) / Double(repetitions))
      result.cpu.append((now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / Double(repetitions))
    }
    return result
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
