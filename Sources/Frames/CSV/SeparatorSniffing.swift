/// Finds the separator of a text by its first lines.
enum SeparatorSniffing {
  private static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]  // , ; tab |
  private static let linesLookedAt = 50

  /// The candidate that splits every complete line into the same number of fields, two at least;
  /// the one with most fields when several do. Where none does, the one that the first line holds
  /// most of; a comma when it holds none.
  static func separator(of text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> UInt8 {
    var counts = [[Int]](repeating: [], count: candidates.count)
    var current = [Int](repeating: 0, count: candidates.count)
    var inQuotes = false
    var isBlank = true
    func endLine() {
      if !isBlank { for i in candidates.indices { counts[i].append(current[i]) } }
      for i in candidates.indices { current[i] = 0 }
      isBlank = true
    }
    for byte in text {
      if byte == CSVScanner.quote {
        inQuotes.toggle()
        isBlank = false
      } else if !inQuotes {
        if byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn {
          endLine()
          if let lines = counts.first?.count, lines >= linesLookedAt { break }
        } else {
          isBlank = false
          if let place = candidates.firstIndex(of: byte) { current[place] += 1 }
        }
      }
    }
    if isWhole || counts.first?.isEmpty ?? true { endLine() }
    var best: (place: Int, count: Int)?
    for i in candidates.indices {
      guard let first = counts[i].first, first > 0 else { continue }
      if counts[i].allSatisfy({ $0 == first }), first > best?.count ?? 0 { best = (i, first) }
    }
    if let best { return candidates[best.place] }
    for i in candidates.indices {
      if let first = counts[i].first, first > best?.count ?? 0 { best = (i, first) }
    }
    return best.map { candidates[$0.place] } ?? candidates[0]
  }
}
