/// The hash SHA-512 (FIPS 180-4): what `random.seed` makes of a text.
enum SHA512 {
  /// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
  private static let constants: [UInt64] = primes(80).map { fraction(of: $0, cube: true) }
  /// The same of the square roots of the first 8 primes.
  private static let start: [UInt64] = primes(8).map { fraction(of: $0, cube: false) }

  private static func primes(_ count: Int) -> [UInt64] {
    var found: [UInt64] = []
    var candidate: UInt64 = 2
    while found.count < count {
      if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }

  /// floor(root(n) * 2**64) mod 2**64, bit by bit over 256-bit powers.
  private static func fraction(of n: UInt64, cube: Bool) -> UInt64 {
    // root * 2**64 needs at most 5 + 64 bits: search for it with exact products.
    var low = Wide(0)
    var bit = 68
    let target = Wide(n).shifted(cube ? 192 : 128)
    while bit >= 0 {
      let trial = low.adding(Wide(1).shifted(bit))
      let square = trial.times(trial)
      let power = cube ? square.times(trial) : square
      if !(target < power) { low = trial }
      bit -= 1
    }
    return low.words[0]
  }

  /// 320 bits, enough for the cubes above.
  private struct Wide {
    var words: [UInt64]
    init(_ value: UInt64) { words = [value, 0, 0, 0, 0] }
    func shifted(_ count: Int) -> Wide {
      var result = Wide(0)
      let whole = count / 64
      let part = count % 64
      for index in whole..<5 {
        result.words[index] = words[index - whole] << UInt64(part)
        if part > 0, index > whole {
          result.words[index] |= words[index - whole - 1] >> UInt64(64 - part)
        }
      }
      return result
    }
    func adding(_ other: Wide) -> Wide {
      var result = Wide(0)
      var carry: UInt64 = 0
      for index in 0..<5 {
        let (sum, first) = words[index].addingReportingOverflow(other.words[index])
        let (total, second) = sum.addingReportingOverflow(carry)
        result.words[index] = total
        carry = (first ? 1 : 0) + (second ? 1 : 0)
      }
      return result
    }
    func times(_ other: Wide) -> Wide {
      var result = Wide(0)
      for i in 0..<5 {
        var carry: UInt64 = 0
        for j in 0..<(5 - i) {
          let (high, low) = words[i].multipliedFullWidth(by: other.words[j])
          let (sum, first) = result.words[i + j].addingReportingOverflow(low)
          let (total, second) = sum.addingReportingOverflow(carry)
          result.words[i + j] = total
          carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
        }
      }
      return result
    }
    static func < (a: Wide, b: Wide) -> Bool {
      for index in (0..<5).reversed() where a.words[index] != b.words[index] {
        return a.words[index] < b.words[index]
      }
      return false
    }
  }

  static func digest(_ message: [UInt8]) -> [UInt8] {
    var padded = message
    padded.append(0x80)
    while padded.count % 128 != 112 { padded.append(0) }
    let bits = UInt64(message.count) &* 8
    padded += [UInt8](repeating: 0, count: 8)
    for shift in stride(from: 56, through: 0, by: -8) {
      padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    var hash = start
    for block in stride(from: 0, to: padded.count, by: 128) {
      compress(padded[block..<(block + 128)], &hash)
    }
    return hash.flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  private static func compress(_ block: ArraySlice<UInt8>, _ hash: inout [UInt64]) {
    func rotated(_ x: UInt64, _ count: UInt64) -> UInt64 { (x >> count) | (x << (64 - count)) }
    var w: [UInt64] = []
    for word in 0..<16 {
      var value: UInt64 = 0
      for byte in 0..<8 { value = value << 8 | UInt64(block[block.startIndex + word * 8 + byte]) }
      w.append(value)
    }
    for t in 16..<80 {
      let s0 = rotated(w[t - 15], 1) ^ rotated(w[t - 15], 8) ^ (w[t - 15] >> 7)
      let s1 = rotated(w[t - 2], 19) ^ rotated(w[t - 2], 61) ^ (w[t - 2] >> 6)
      w.append(w[t - 16] &+ s0 &+ w[t - 7] &+ s1)
    }
    var v = hash
    for t in 0..<80 {
      let s1 = rotated(v[4], 14) ^ rotated(v[4], 18) ^ rotated(v[4], 41)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ s1 &+ choice &+ constants[t] &+ w[t]
      let s0 = rotated(v[0], 28) ^ rotated(v[0], 34) ^ rotated(v[0], 39)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      v = [first &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for index in 0..<8 { hash[index] = hash[index] &+ v[index] }
  }
}
