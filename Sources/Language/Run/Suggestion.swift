/// "Did you mean": the nearest of the known names.
public enum Suggestion {
  /// The known name that a mistyped one most likely meant; nil when none is near.
  ///
  /// Case and underscores do not count; otherwise up to two edits for names of three letters or more
  /// (one for shorter ones), a third of the name at most.
  public static func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let wanted = fold(name)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = wanted.count <= 2 ? 1 : min(2, max(1, wanted.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in known where candidate != name {
      let folded = fold(candidate)
      if abs(folded.count - wanted.count) > limit { continue }
      let distance = edits(wanted, folded, limit: best.map { $0.distance - 1 } ?? limit)
      if let distance, distance < best?.distance ?? Int.max { best = (candidate, distance) }
      if best?.distance == 0 { break }
    }
    return best?.name
  }

  private static func fold(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      switch byte {
      case 0x5F: nil
      case 0x41...0x5A: byte + 32
      default: byte
      }
    }
  }

  /// The Damerau-Levenshtein distance (neighbours may swap), nil when above `limit`.
  private static func edits(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
    if limit < 0 { return nil }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      var least = i + 1
      for j in 0..<b.count {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row[j + 1] = cost
        least = min(least, cost)
      }
      if least > limit { return nil }
      before = last
      last = row
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
