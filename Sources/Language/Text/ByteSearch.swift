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
    return text.withUnsafeBufferPointer { text -> Int? in
      piece.withUnsafeBufferPointer { piece -> Int? in
        guard let base = text.baseAddress, let wanted = piece.baseAddress else { return nil }
        let last = end - piece.count
        var index = start
        var budget = ByteSearch.budget(end - start)
        while index <= last {
          // C's search for one byte is vectorized.
          guard let hit = memchr(base + index, Int32(piece[0]), last - index + 1) else { return nil }
          index = hit.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(mutating: base)
          var offset = 1
          while offset < piece.count, base[index + offset] == wanted[offset] { offset += 1 }
          if offset == piece.count { return index }
          budget -= offset
          if budget < 0 { return byFailures(piece, in: text, from: index, to: end, reversed: false) }
          index += 1
        }
        return nil
      }
    }
  }

  /// Comparing at every place is quick on usual text; what repeats itself goes the sure way when
  /// this many comparisons have been spent.
  private static func budget(_ count: Int) -> Int { 4 * count + 64 }

  /// The offset of the last occurrence within `start..<end`; nil when there is none.
  static func last(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    let end = min(end, text.count)
    if start < 0 || start > end || end - start < piece.count { return nil }
    if piece.isEmpty { return end }
    return text.withUnsafeBufferPointer { text in
      piece.withUnsafeBufferPointer { piece in
        let first = piece[0]
        var index = end - piece.count
        var budget = ByteSearch.budget(end - start)
        while index >= start {
          if text[index] == first {
            var offset = 1
            while offset < piece.count, text[index + offset] == piece[offset] { offset += 1 }
            if offset == piece.count { return index }
            budget -= offset
            if budget < 0 {
              return byFailures(
                piece, in: text, from: start, to: index + piece.count, reversed: true)
            }
          }
          index -= 1
        }
        return nil
      }
    }
  }

  /// Knuth, Morris and Pratt (1977), from either side.
  private static func byFailures(
    _ piece: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int,
    to end: Int, reversed: Bool
  ) -> Int? {
    let count = piece.count
    func wanted(_ index: Int) -> UInt8 { piece[reversed ? count - 1 - index : index] }
    var failure = [Int](repeating: 0, count: count)
    var length = 0
    for index in 1..<max(count, 1) {
      while length > 0, wanted(index) != wanted(length) { length = failure[length - 1] }
      if wanted(index) == wanted(length) { length += 1 }
      failure[index] = length
    }
    var matched = 0
    for step in 0..<max(end - start, 0) {
      let index = reversed ? end - 1 - step : start + step
      while matched > 0, text[index] != wanted(matched) { matched = failure[matched - 1] }
      if text[index] == wanted(matched) { matched += 1 }
      if matched == count { return reversed ? index : index - count + 1 }
    }
    return nil
  }

  static func contains(_ piece: [UInt8], in text: [UInt8]) -> Bool {
    first(piece, in: text, from: 0, to: text.count) != nil
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
