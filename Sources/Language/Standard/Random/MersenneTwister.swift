import BigInt

/// The generator MT19937 (Matsumoto and Nishimura 1998), seeded and read as CPython does, so that the
/// same seed gives the same numbers.
struct MersenneTwister {
  static let size = 624
  private(set) var state: [UInt32]
  private(set) var index: Int

  init(key: [UInt32]) {
    state = [UInt32](repeating: 0, count: MersenneTwister.size)
    index = MersenneTwister.size
    seed(key)
  }

  /// - Parameter state: 624 words.
  init?(state: [UInt32], index: Int) {
    guard state.count == MersenneTwister.size, (0...MersenneTwister.size).contains(index) else {
      return nil
    }
    self.state = state
    self.index = index
  }

  private mutating func seed(_ value: UInt32) {
    state[0] = value
    for i in 1..<MersenneTwister.size {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
    }
    index = MersenneTwister.size
  }

  /// Seeds with an array of words; an empty one counts as [0].
  private mutating func seed(_ key: [UInt32]) {
    let key = key.isEmpty ? [0] : key
    let n = MersenneTwister.size
    seed(19_650_218)
    var i = 1
    var j = 0
    for _ in 0..<max(n, key.count) {
      state[i] =
        (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525)) &+ key[j] &+ UInt32(j)
      i += 1
      j += 1
      if i >= n {
        state[0] = state[n - 1]
        i = 1
      }
      if j >= key.count { j = 0 }
    }
    for _ in 0..<(n - 1) {
      state[i] =
        (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941)) &- UInt32(i)
      i += 1
      if i >= n {
        state[0] = state[n - 1]
        i = 1
      }
    }
    state[0] = 0x8000_0000
  }

  /// 32 random bits.
  mutating func next() -> UInt32 {
    if index >= MersenneTwister.size { generate() }
    var y = state[index]
    index += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    y ^= y >> 18
    return y
  }

  private mutating func generate() {
    let n = MersenneTwister.size
    let m = 397
    func mix(_ high: UInt32, _ low: UInt32) -> UInt32 {
      let y = (high & 0x8000_0000) | (low & 0x7fff_ffff)
      return (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
    }
    for k in 0..<(n - m) { state[k] = state[k + m] ^ mix(state[k], state[k + 1]) }
    for k in (n - m)..<(n - 1) { state[k] = state[k + m - n] ^ mix(state[k], state[k + 1]) }
    state[n - 1] = state[m - 1] ^ mix(state[n - 1], state[0])
    index = 0
  }

  /// A double in [0, 1) with 53 random bits.
  mutating func double() -> Double {
    let a = Double(next() >> 5)
    let b = Double(next() >> 6)
    return (a * 67_108_864 + b) * (1 / 9_007_199_254_740_992)
  }

  /// `count` random bits, the first word lowest.
  mutating func bits(_ count: Int) -> BigInt {
    var words: [UInt] = []
    var left = count
    var half = false
    while left > 0 {
      var word = next()
      if left < 32 { word >>= UInt32(32 - left) }
      if half { words[words.count - 1] |= UInt(word) << 32 } else { words.append(UInt(word)) }
      half.toggle()
      left -= 32
    }
    return BigInt(BigUInt(words: words))
  }

  /// An integer in 0..<limit; `limit` is positive.
  mutating func below(_ limit: Int) -> Int {
    let bits = Int.bitWidth - limit.leadingZeroBitCount
    while true {
      let value = word(bits)
      if value < UInt64(limit) { return Int(value) }
    }
  }

  /// Up to 64 bits.
  private mutating func word(_ bits: Int) -> UInt64 {
    if bits <= 32 { return UInt64(next() >> UInt32(32 - bits)) }
    let low = UInt64(next())
    return low | UInt64(next() >> UInt32(64 - bits)) << 32
  }

  mutating func below(_ limit: BigInt) -> BigInt {
    if let small = Int(exactly: limit) { return BigInt(below(small)) }
    let count = limit.magnitude.bitWidth
    while true {
      let value = bits(count)
      if value < limit { return value }
    }
  }
}
