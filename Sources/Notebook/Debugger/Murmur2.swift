/// MurmurHash2 (Austin Appleby, public domain), 32 bits: the name that a front end gives to the code
/// of a cell, so that breakpoints can be set before it has run.
enum Murmur2 {
  static func hash(_ text: String, seed: UInt32) -> UInt32 {
    let bytes = Array(text.utf8)
    let m: UInt32 = 0x5BD1_E995
    var h = seed ^ UInt32(truncatingIfNeeded: bytes.count)
    var place = 0
    while bytes.count - place >= 4 {
      var k =
        UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
        | UInt32(bytes[place + 3]) << 24
      k = k &* m
      k ^= k >> 24
      k = k &* m
      h = h &* m ^ k
      place += 4
    }
    let left = bytes.count - place
    if left > 2 { h ^= UInt32(bytes[place + 2]) << 16 }
    if left > 1 { h ^= UInt32(bytes[place + 1]) << 8 }
    if left > 0 {
      h ^= UInt32(bytes[place])
      h = h &* m
    }
    h ^= h >> 13
    h = h &* m
    h ^= h >> 15
    return h
  }
}
