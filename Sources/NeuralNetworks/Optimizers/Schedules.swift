import Foundation

/// Learning rates over epochs or steps. The first one is epoch 0.
///
/// Forms that say the next rate by the rate before it work beside other schedules on one optimizer;
/// their rounding is PyTorch's, which computes them so too.
public enum Schedules {
  /// What a form needs: the epoch, the rate before, and the rate at the beginning.
  public struct Now: Sendable {
    public var epoch: Int
    public var rate: Double
    public var base: Double
    /// Whether a schedule begins here, not goes on.
    public var isFirst: Bool

    public init(epoch: Int, rate: Double, base: Double, isFirst: Bool) {
      self.epoch = epoch
      self.rate = rate
      self.base = base
      self.isFirst = isFirst
    }
  }

  /// Times gamma every so many epochs.
  public static func step(_ n: Now, every size: Int, gamma: Double) -> Double {
    n.epoch == 0 || size == 0 || n.epoch % size != 0 ? n.rate : n.rate * gamma
  }

  /// Times gamma at each milestone.
  public static func multiStep(_ n: Now, milestones: [Int], gamma: Double) -> Double {
    let hits = milestones.filter { $0 == n.epoch }.count
    return hits == 0 ? n.rate : n.rate * Foundation.pow(gamma, Double(hits))
  }

  /// Times gamma every epoch.
  public static func exponential(_ n: Now, gamma: Double) -> Double { n.isFirst ? n.rate : n.rate * gamma }

  /// Times a factor until an epoch.
  public static func constant(_ n: Now, factor: Double, until total: Int) -> Double {
    if n.epoch == 0 { return n.rate * factor }
    return n.epoch == total ? n.rate * (1 / factor) : n.rate
  }

  /// A factor that moves evenly from one to another: warm-up.
  public static func linear(_ n: Now, from start: Double, to end: Double, over total: Int) -> Double {
    if n.epoch == 0 { return n.rate * start }
    if n.isFirst || n.epoch > total { return n.rate }
    return n.rate
      * (1 + (end - start) / (Double(total) * start + Double(n.epoch - 1) * (end - start)))
  }

  /// (1 - epoch / total)^power.
  public static func polynomial(_ n: Now, over total: Int, power: Double) -> Double {
    if n.isFirst || n.epoch > total { return n.rate }
    let now = 1 - Double(n.epoch) / Double(total)
    let before = 1 - Double(n.epoch - 1) / Double(total)
    return n.rate * Foundation.pow(now / before, power)
  }

  /// Half a cosine from the base to the lowest rate. (Loshchilov and Hutter 2017, equation 5)
  public static func cosine(_ n: Now, over half: Int, lowest: Double, isSecond: Bool) -> Double {
    if n.isFirst || half == 0 { return n.rate }
    let t = Double(half)
    if isSecond {
      return lowest + (n.base - lowest) * (1 + cos(Double(n.epoch) * Double.pi / t)) / 2
    }
    if (n.epoch - 1 - half) % (2 * half) == 0 {
      return n.rate + (n.base - lowest) * (1 - cos(Double.pi / t)) / 2
    }
    return (1 + cos(Double.pi * Double(n.epoch) / t)) / (1 + cos(Double.pi * Double(n.epoch - 1) / t))
      * (n.rate - lowest) + lowest
  }

  /// A cosine that begins anew every period. (Loshchilov and Hutter 2017)
  public static func restarted(base: Double, lowest: Double, at place: Double, of period: Double) -> Double {
    lowest + (base - lowest) * (1 + cos(Double.pi * place / period)) / 2
  }

  /// Up and down again between two rates. (Smith 2017)
  ///
  /// - Returns: the number of the cycle and how high in it the epoch is, 0...1.
  public static func cycle(_ epoch: Int, up: Double, down: Double) -> (cycle: Double, height: Double) {
    let total = up + down
    let cycle = floor(1 + Double(epoch) / total)
    let x = 1 + Double(epoch) / total - cycle
    let ratio = up / total
    return (cycle, x <= ratio ? x / ratio : (x - 1) / (ratio - 1))
  }

  /// Between two numbers, evenly or along half a cosine, at a share 0...1 of the way.
  public static func between(_ start: Double, _ end: Double, at share: Double, cosine: Bool) -> Double {
    cosine
      ? end + (start - end) / 2 * (1 + cos(Double.pi * share)) : (end - start) * share + start
  }
}
