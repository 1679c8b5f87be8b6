#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The hashes MD5 (RFC 1321), SHA-1 and SHA-256 with SHA-224 (FIPS 180-4) over whole messages.
/// SHA-512 stands in a file of its own.
enum Digests {
  /// A message with its padding: a one bit, zeros, and the length in bits.
  private static func padded(_ message: [UInt8], bigEndian: Bool) -> [UInt8] {
    var bytes = message
    bytes.append(0x80)
    while bytes.count % 64 != 56 { bytes.append(0) }
    let bits = UInt64(message.count) &* 8
    for index in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * (bigEndian ? 7 - index : index))))
    }
    return bytes
  }

  private static func rotated(_ x: UInt32, _ count: UInt32) -> UInt32 {
    (x << count) | (x >> (32 - count))
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
      | UInt32(bytes[at + 3])
  }

  private static func bytes(_ words: [UInt32]) -> [UInt8] {
    words.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
  }

  // MARK: - MD5

  /// floor(2**32 * abs(sin(i + 1))).
  private static let sines: [UInt32] = (0..<64).map {
    UInt32((abs(sin(Double($0 + 1))) * 4_294_967_296).rounded(.down))
  }
  private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

  static func md5(_ message: [UInt8]) -> [UInt8] {
    let bytes = padded(message, bigEndian: false)
    var hash: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    for block in stride(from: 0, to: bytes.count, by: 64) {
      let words = (0..<16).map { word(bytes, block + 4 * $0).byteSwapped }
      var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
      for i in 0..<64 {
        var f: UInt32
        let g: Int
        switch i / 16 {
        case 0: (f, g) = ((b & c) | (~b & d), i)
        case 1: (f, g) = ((d & b) | (~d & c), (5 * i + 1) % 16)
        case 2: (f, g) = (b ^ c ^ d, (3 * i + 5) % 16)
        default: (f, g) = (c ^ (b | ~d), (7 * i) % 16)
        }
        f = f &+ a &+ sines[i] &+ words[g]
        (a, d, c) = (d, c, b)
        b = b &+ rotated(f, shifts[i / 16 * 4 + i % 4])
      }
      hash[0] = hash[0] &+ a
      hash[1] = hash[1] &+ b
      hash[2] = hash[2] &+ c
      hash[3] = hash[3] &+ d
    }
    return Digests.bytes(hash.map(\.byteSwapped))
  }

  // MARK: - SHA-1

  static func sha1(_ message: [UInt8]) -> [UInt8] {
    let bytes = padded(message, bigEndian: true)
    var hash: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    for block in stride(from: 0, to: bytes.count, by: 64) {
      var words = (0..<16).map { word(bytes, block + 4 * $0) }
      for i in 16..<80 {
        words.append(rotated(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1))
      }
      var (a, b, c, d, e) = (hash[0], hash[1], hash[2], hash[3], hash[4])
      for i in 0..<80 {
        let (f, k): (UInt32, UInt32) =
          switch i / 20 {
          case 0: ((b & c) | (~b & d), 0x5a82_7999)
          case 1: (b ^ c ^ d, 0x6ed9_eba1)
          case 2: ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc)
          default: (b ^ c ^ d, 0xca62_c1d6)
          }
        let next = rotated(a, 5) &+ f &+ e &+ k &+ words[i]
        (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
      }
      for (index, value) in [a, b, c, d, e].enumerated() { hash[index] = hash[index] &+ value }
    }
    return Digests.bytes(hash)
  }

  // MARK: - SHA-256

  private static let primes: [Int] = {
    var found: [Int] = []
    var candidate = 2
    while found.count < 64 {
      if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }()

  /// The first 32 bits of the fraction of a root: exact, the doubles have 53 bits and the whole
  /// part of these roots takes at most 5.
  private static func fraction(_ root: Double) -> UInt32 {
    UInt32(truncatingIfNeeded: UInt64((root - root.rounded(.down)) * 4_294_967_296))
  }
  private static let rounds: [UInt32] = primes.map { fraction(cbrt(Double($0))) }

  static func sha256(_ message: [UInt8]) -> [UInt8] {
    bytes(sha2(message, primes.prefix(8).map { fraction(sqrt(Double($0))) }))
  }

  static func sha224(_ message: [UInt8]) -> [UInt8] {
    let start: [UInt32] = [
      0xc105_9ed8, 0x367c_d507, 0x3070_dd17, 0xf70e_5939, 0xffc0_0b31, 0x6858_1511, 0x64f9_8fa7,
      0xbefa_4fa4,
    ]
    return Array(bytes(sha2(message, start)).prefix(28))
  }

  private static func sha2(_ message: [UInt8], _ start: [UInt32]) -> [UInt32] {
    let bytes = padded(message, bigEndian: true)
    var hash = start
    for block in stride(from: 0, to: bytes.count, by: 64) {
      var words = (0..<16).map { word(bytes, block + 4 * $0) }
      for i in 16..<64 {
        let x = words[i - 15]
        let y = words[i - 2]
        let s0 = rotated(x, 25) ^ rotated(x, 14) ^ (x >> 3)
        let s1 = rotated(y, 15) ^ rotated(y, 13) ^ (y >> 10)
        words.append(words[i - 16] &+ s0 &+ words[i - 7] &+ s1)
      }
      var v = hash
      for i in 0..<64 {
        let s1 = rotated(v[4], 26) ^ rotated(v[4], 21) ^ rotated(v[4], 7)
        let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
        let first = v[7] &+ s1 &+ choice &+ rounds[i] &+ words[i]
        let s0 = rotated(v[0], 30) ^ rotated(v[0], 19) ^ rotated(v[0], 10)
        let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
        v = [first &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
      }
      for index in 0..<8 { hash[index] = hash[index] &+ v[index] }
    }
    return hash
  }
}
