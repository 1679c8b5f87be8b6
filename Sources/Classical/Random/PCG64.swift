/// The generator PCG64 (O'Neill, 2014: 128 bits of state, xor-shift and rotation to 64) with the
/// seeding of NumPy's `SeedSequence`.
struct PCG64 {
  private static let multiplier =
    UInt128(0x2360_ED05_1FC6_5DA4) << 64 | UInt128(0x4385_DF64_9FCC_F645)

  private var state: UInt128
  private let increment: UInt128
  /// The upper half of a number whose lower half was asked for.
  private var half: UInt32?

  /// - Parameter entropy: the seed as words of 32 bits, the lowest first.
  init(entropy: [UInt32]) {
    let words = SeedSequence(entropy).words(4)
    state = 0
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    step()
    state &+= UInt128(words[0]) << 64 | UInt128(words[1])
    step()
  }

  private mutating func step() { state = state &* Self.multiplier &+ increment }

  mutating func next64() -> UInt64 {
    step()
    let mixed = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    return mixed >> turn | mixed << ((64 - turn) & 63)
  }

  mutating func next32() -> UInt32 {
    if let upper = half {
      half = nil
      return upper
    }
    let both = next64()
    half = UInt32(truncatingIfNeeded: both >> 32)
    return UInt32(truncatingIfNeeded: both)
  }
}

/// Spreads a seed of any length over a pool of four words. Source: numpy/random/bit_generator.pyx.
private struct SeedSequence {
  private var pool: [UInt32]

  init(_ entropy: [UInt32]) {
    let size = 4
    var factor: UInt32 = 0x43B0_D7E5
    func hashed(_ value: UInt32) -> UInt32 {
      var value = value ^ factor
      factor = factor &* 0x931E_8875
      value = value &* factor
      return value ^ value >> 16
    }
    func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let result = x &* 0xCA01_F9DD &- y &* 0x4973_F715
      return result ^ result >> 16
    }
    var pool: [UInt32] = []
    for place in 0..<size { pool.append(hashed(place < entropy.count ? entropy[place] : 0)) }
    for source in 0..<size {
      for target in 0..<size where source != target {
        pool[target] = mixed(pool[target], hashed(pool[source]))
      }
    }
    for word in entropy.dropFirst(size) {
      for target in 0..<size { pool[target] = mixed(pool[target], hashed(word)) }
    }
    self.pool = pool
  }

  /// `count` words of 64 bits.
  func words(_ count: Int) -> [UInt64] {
    var factor: UInt32 = 0x8B51_F9DD
    var halves: [UInt64] = []
    for place in 0..<2 * count {
      var word = pool[place % pool.count] ^ factor
      factor = factor &* 0x58F3_8DED
      word = word &* factor
      halves.append(UInt64(word ^ word >> 16))
    }
    return (0..<count).map { halves[2 * $0] | halves[2 * $0 + 1] << 32 }
  }
}
