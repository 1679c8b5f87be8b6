/// The generator MT19937 (Matsumoto and Nishimura, 1998) with the seeding that NumPy uses.
struct MersenneTwister {
  private static let size = 624
  private static let shift = 397

  private(set) var key: [UInt32]
  private(set) var position: Int

  /// One word of seed, spread by Knuth's multiplier (`init_genrand` of the reference code).
  init(seed: UInt32) {
    key = []
    key.reserveCapacity(Self.size)
    var word = seed
    for place in 0..<UInt32(Self.size) {
      key.append(word)
      word = 1_812_433_253 &* (word ^ (word >> 30)) &+ place &+ 1
    }
    position = Self.size
  }

  /// Several words of seed (`init_by_array` of the reference code); an empty list counts as [0].
  init(seeds: [UInt32]) {
    self.init(seed: 19_650_218)
    let words = seeds.isEmpty ? [0] : seeds
    let n = Self.size
    var i = 1
    var j = 0
    func mixed(_ previous: UInt32) -> UInt32 { previous ^ (previous >> 30) }
    for _ in 0..<max(n, words.count) {
      key[i] = (key[i] ^ (mixed(key[i - 1]) &* 1_664_525)) &+ words[j] &+ UInt32(j)
      i += 1
      j += 1
      if i >= n {
        key[0] = key[n - 1]
        i = 1
      }
      if j >= words.count { j = 0 }
    }
    for _ in 0..<n - 1 {
      key[i] = (key[i] ^ (mixed(key[i - 1]) &* 1_566_083_941)) &- UInt32(i)
      i += 1
      if i >= n {
        key[0] = key[n - 1]
        i = 1
      }
    }
    key[0] = 0x8000_0000
  }

  /// A stored state: 624 words and the place of the next one, 0 to 624.
  init?(key: [UInt32], position: Int) {
    guard key.count == Self.size, position >= 0, position <= Self.size else { return nil }
    self.key = key
    self.position = position
  }

  mutating func next() -> UInt32 {
    if position == Self.size { refill() }
    var word = key[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9D2C_5680
    word ^= (word << 15) & 0xEFC6_0000
    return word ^ (word >> 18)
  }

  private mutating func refill() {
    let n = Self.size
    let m = Self.shift
    key.withUnsafeMutableBufferPointer { key in
      func twisted(_ high: UInt32, _ low: UInt32) -> UInt32 {
        let y = (high & 0x8000_0000) | (low & 0x7FFF_FFFF)
        return (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
      }
      for i in 0..<n - m { key[i] = key[i + m] ^ twisted(key[i], key[i + 1]) }
      for i in n - m..<n - 1 { key[i] = key[i + m - n] ^ twisted(key[i], key[i + 1]) }
      key[n - 1] = key[m - 1] ^ twisted(key[n - 1], key[0])
    }
    position = 0
  }
}
