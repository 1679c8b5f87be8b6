import Display

/// Horizontal bars of eighth blocks.
enum BlockBar {
  private static let eighths: [String] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  /// Longer than any picture is wide.
  private static let limit = 1000.0

  /// A bar of `length` columns; anything above zero shows at least a hair.
  static func toTheRight(_ length: Double, ascii: Bool) -> String {
    guard length > 0 else { return "" }
    let bounded = min(length, limit)
    if ascii { return String(repeating: "#", count: max(Int(bounded.rounded()), 1)) }
    let steps = max(Int((bounded * 8).rounded()), 1)
    return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
  }

  /// A bar that ends at its right side, in halves of a column: Unicode has no finer blocks there.
  static func toTheLeft(_ length: Double, ascii: Bool) -> String {
    guard length > 0 else { return "" }
    let bounded = min(length, limit)
    if ascii { return String(repeating: "#", count: max(Int(bounded.rounded()), 1)) }
    let halves = Int((bounded * 2).rounded())
    if halves == 0 { return "▕" }
    return (halves % 2 == 1 ? "▐" : "") + String(repeating: "█", count: halves / 2)
  }

  /// Pieces end to end, each to its `end` in columns from the start. Where two meet in a cell, the
  /// left one is the letter and the right one the paper.
  static func stacked(_ pieces: [(end: Double, color: Color)], ascii: Bool) -> [StyledText.Run] {
    var runs: [StyledText.Run] = []
    var column = 0
    let asciiFill = ["#", "=", "+", "o", "*", "%", "@", "x"]
    for (number, piece) in pieces.enumerated() {
      let end = min(piece.end, limit)
      if ascii {
        let until = Int(end.rounded())
        if until > column {
          let glyph = asciiFill[number % asciiFill.count]
          runs.append(
            .init(
              String(repeating: glyph, count: until - column), TextStyle(piece.color, slim: true)))
          column = until
        }
        continue
      }
      let steps = Int((end * 8).rounded())
      if steps / 8 > column {
        runs.append(
          .init(
            String(repeating: "█", count: steps / 8 - column), TextStyle(piece.color, slim: true)))
        column = steps / 8
      }
      if steps % 8 > 0 && column == steps / 8 {
        let next = number + 1 < pieces.count ? pieces[number + 1].color : nil
        runs.append(.init(eighths[steps % 8], TextStyle(piece.color, on: next, slim: true)))
        column += 1
      }
    }
    return runs
  }
}
