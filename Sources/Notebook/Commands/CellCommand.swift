import Language

/// A command that takes a whole cell: `%%time` on its first line.
struct CellCommand: Sendable {
  let name: String
  let argument: String
  let body: String
  /// How many lines stand above the body: errors keep the cell's line numbers.
  let bodyLine: Int

  init?(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var skipped = 0
    while let first = lines.first, first.trimmingSpaces.isEmpty {
      lines.removeFirst()
      skipped += 1
    }
    guard let first = lines.first, first.hasPrefix("%%") else { return nil }
    // `%%time?` asks for help: the ordinary way knows that.
    if first.trimmingSpaces.hasSuffix("?"), lines.dropFirst().allSatisfy({ $0.trimmingSpaces.isEmpty })
    {
      return nil
    }
    let words = first.dropFirst(2).split(separator: " ", maxSplits: 1)
    name = words.first.map { String($0).trimmingSpaces } ?? ""
    argument = words.count > 1 ? words[1].trimmingSpaces : ""
    body = lines.dropFirst().joined(separator: "\n")
    bodyLine = skipped + 1
  }

  /// The body with blank lines for those above it: its line numbers are the cell's.
  var source: String { String(repeating: "\n", count: bodyLine) + body }
}
