#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Searching one run of bytes in another, in time linear in both whatever they hold.
///
/// UTF-8 is self-synchronising: a match of whole characters never begins inside another.
enum ByteSearch {
  /// The offset of the first occurrence within `start..<end`; nil when there is none.
  static func first(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    let end = min(end, text.count)
    if start < 0 || start > end || end - start < piece.count { return nil }
    if piece.isEmpty { return start }
    return text.withUnsafeBytes { text -> Int? in
      piece.withUnsafeBytes { piece -> Int? in
        guard let base = text.baseAddress, let wanted = piece.baseAddress else { return nil }
        // Both of C's searches are linear: `memmem` is two-way.
        let found =
          piece.count == 1
          ? memchr(base + start, Int32(piece[0]), end - start).map { UnsafeRawPointer($0) }
          : memmem(base + start, end - start, wanted, piece.count).map { UnsafeRawPointer($0) }
        return found.map { $0 - base }
      }
    }
  }

  /// The offset of the last occurrence within `start..<end`; nil when there is none.
  static func last(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    let end = min(end, text.count)
    if start < 0 || start > end || end - start < piece.count { return nil }
    if piece.isEmpty { return end }
    return text.withUnsafeBufferPointer { text in
      piece.withUnsafeBufferPointer { piece in
        let first = piece[0]
        var index = end - piece.count
        // Comparing at every place is quick on usual text; what repeats itself goes the sure way.
        var budget = 4 * (end - start) + 64
        while index >= start {
          if text[index] == first {
            var offset = 1
            while offset < piece.count, text[index + offset] == piece[offset] { offset += 1 }
            if offset == piece.count { return index }
            budget -= offset
            if budget < 0 { return lastByFailures(piece, in: text, from: start, to: index + piece.count - 1) }
          }
          index -= 1
        }
        return nil
      }
    }
  }

  /// Knuth, Morris and Pratt (1977), from behind.
  private static func lastByFailures(
    _ piece: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int,
    to end: Int
  ) -> Int? {
    let count = piece.count
    func reversed(_ index: Int) -> UInt8 { piece[count - 1 - index] }
    var failure = [Int](repeating: 0, count: count)
    var length = 0
    for index in 1..<max(count, 1) {
      while length > 0, reversed(index) != reversed(length) { length = failure[length - 1] }
      if reversed(index) == reversed(length) { length += 1 }
      failure[index] = length
    }
    var matched = 0
    var index = end - 1
    while index >= start {
      while matched > 0, text[index] != reversed(matched) { matched = failure[matched - 1] }
      if text[index] == reversed(matched) { matched += 1 }
      if matched == count { return index }
      index -= 1
    }
    return nil
  }

  /// How often a piece occurs within `start..<end`, without overlaps. The piece is not empty.
  static func count(
    _ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int, atMost: Int = .max
  ) -> Int {
    var found = 0
    var position = start
    while found < atMost, let match = first(piece, in: text, from: position, to: end) {
      found += 1
      position = match + piece.count
    }
    return found
  }
}
