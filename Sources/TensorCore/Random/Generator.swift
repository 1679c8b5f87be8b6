import Compute

/// A source of random numbers that gives the same stream as PyTorch's CPU generator.
///
/// MT19937 (Matsumoto and Nishimura 1998) seeded with the low 32 bits of the seed. Which numbers a
/// fill takes from the stream follows `aten/src/ATen/native/cpu/DistributionTemplates.h` and
/// `core/DistributionsHelper.h` of PyTorch: a float takes one draw (24 bits), a double two (53 bits).
public final class Generator: @unchecked Sendable {
  @exclusivity(unchecked) var engine = sw_mt19937()
  /// The second value of a pair of normal numbers, kept for the next call.
  var spareNormal: Double?
  /// What the generator was seeded with.
  public internal(set) var initialSeed: UInt64

  /// PyTorch's own default seed.
  public static let defaultSeed: UInt64 = 67_280_421_310_721

  /// The generator that functions use when none is named.
  public static let `default` = Generator(seed: defaultSeed)

  public init(seed: UInt64) {
    initialSeed = seed
    sw_mt_seed(&engine, UInt32(truncatingIfNeeded: seed))
  }

  /// Starts the stream anew. (`torch.manual_seed`)
  public func manualSeed(_ seed: UInt64) {
    initialSeed = seed
    spareNormal = nil
    sw_mt_seed(&engine, UInt32(truncatingIfNeeded: seed))
  }

  /// The next 32 bits.
  public func next32() -> UInt32 { sw_mt_next(&engine) }

  /// The next 64 bits; the first draw is the high half.
  public func next64() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// A float64 of [0, 1).
  public func uniform() -> Double { Double(next64() & ((1 << 53) - 1)) * 0x1p-53 }

  /// A normal number; pairs are made by Box and Muller's method, the second is kept.
  public func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let u1 = uniform()
    let u2 = uniform()
    let radius = (-2 * log1pOf(-u2)).squareRoot()
    let (sine, cosine) = sineAndCosine(2 * Double.pi * u1)
    spareNormal = radius * sine
    return radius * cosine
  }

  /// A whole number from `low` on; ranges from 2^28 on take two draws, as PyTorch does since 2.7.
  func integer(_ low: Int64, _ range: UInt64) -> Int64 {
    let draw = range >= 1 << 28 ? next64() % range : UInt64(next32()) % range
    return low &+ Int64(bitPattern: draw)
  }

  private func log1pOf(_ x: Double) -> Double { sw_log1p(x) }

  private func sineAndCosine(_ x: Double) -> (Double, Double) { (sw_sin(x), sw_cos(x)) }
}
