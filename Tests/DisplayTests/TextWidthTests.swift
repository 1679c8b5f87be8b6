import Display
import Foundation
import TestSupport
import Testing

@Suite struct TextWidthTests {
  /// Texts with the widths that the Python package wcwidth gives them.
  static let golden: [(String, Int)] = {
    let file = testsFolder.appendingPathComponent("DisplayTests/Golden/widths.json")
    guard let data = try? Data(contentsOf: file),
      let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let cases = root["cases"] as? [[Any]]
    else { return [] }
    return cases.compactMap { pair in
      guard let text = pair.first as? String, let width = pair.last as? Int else { return nil }
      return (text, width)
    }
  }()

  @Test func agreesWithWcwidth() {
    #expect(Self.golden.count > 30)
    for (text, width) in Self.golden {
      #expect(TextWidth.of(text) == width, "\(text.debugDescription)")
    }
  }

  @Test func controlsTakeNoColumn() {
    #expect(TextWidth.of("a\u{1B}\u{07}b\n") == 2)
    #expect(TextWidth.of("\u{200B}\u{FEFF}") == 0)
  }

  @Test func truncationNeverExceedsTheWidth() {
    for (text, _) in Self.golden + [("日本語のとても長い名前", 22), ("abcdefghij", 10)] {
      for width in 0...12 {
        let short = TextWidth.truncated(text, to: width)
        #expect(TextWidth.of(short) <= width)
        #expect(TextWidth.of(TextWidth.fitted(text, to: width)) == width)
      }
    }
  }

  @Test func truncationKeepsWhatFits() {
    #expect(TextWidth.truncated("abc", to: 3) == "abc")
    #expect(TextWidth.truncated("abcd", to: 3) == "ab…")
    #expect(TextWidth.truncated("日本語", to: 4) == "日…")
    #expect(TextWidth.truncated("👨‍👩‍👧‍👦x", to: 2) == "…")
    #expect(TextWidth.truncated("abcd", to: 0) == "")
  }

  @Test func paddingCountsColumns() {
    #expect(TextWidth.padded("日", to: 4, .right) == "  日")
    #expect(TextWidth.padded("日", to: 5, .center) == " 日  ")
    #expect(TextWidth.padded("long", to: 2) == "long")
  }
}
