import TestSupport
import Testing

@testable import Syntax

@Suite struct SourceExcerptTests {
  private func excerpt(
    _ text: String, _ start: Int, _ end: Int, stripped: Bool = false
  ) -> SourceExcerpt {
    SourceExcerpt(source(text), Span(start, end), stripped: stripped)
  }

  @Test func caretsStandUnderTheSpan() {
    let found = excerpt("a = 1\ntotal = prise * 2\n", 14, 19)
    #expect(found.line == 2)
    #expect(found.text == "total = prise * 2")
    #expect(found.carets == "        ^^^^^")
  }

  @Test func aSpanOfSeveralLinesIsMarkedOnItsFirst() {
    let found = excerpt("f(a,\n  b)\n", 0, 9)
    #expect(found.text == "f(a,")
    #expect(found.carets == "^^^^")
  }

  @Test func anEmptySpanGetsOneCaret() {
    #expect(excerpt("x = \ny", 4, 4).carets == "    ^")
    #expect(excerpt("", 0, 0).carets == "^")
    #expect(excerpt("ab", 1, 1).carets == " ^")
  }

  @Test func columnsAreCountedNotBytes() {
    #expect(excerpt("é = x", 5, 6).carets == "    ^")
    #expect(excerpt("'中文' + x", 11, 12).carets == "         ^")
    #expect(excerpt("'中文'", 1, 7).carets == " ^^^^")
    #expect(excerpt("'e\u{301}' + x", 8, 9).carets == "      ^")
    #expect(excerpt("'😀' + x", 9, 10).carets == "       ^")
    #expect(excerpt("\tx", 1, 2).carets == "\t^")
  }

  @Test func indentationCanBeLeftOut() {
    let found = excerpt("if a:\n    b.c\n", 10, 13, stripped: true)
    #expect(found.text == "b.c")
    #expect(found.carets == "^^^")
    #expect(excerpt("  x", 0, 2, stripped: true).carets == "^")
  }

  @Test func longLinesAreCutAroundTheCarets() {
    let text = String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 5000)
    let found = excerpt(text, 5000, 5001)
    #expect(found.text.utf8.count <= SourceExcerpt.maximumWidth + 6)
    let column = found.carets.utf8.count - 1
    #expect(Array(found.text.utf8)[column] == UInt8(ascii: "!"))
  }

  @Test func anyBytesAndAnySpanGiveAnExcerpt() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let start = Int.random(in: -3...25, using: &generator)
      let end = Int.random(in: -3...25, using: &generator)
      let found = SourceExcerpt(Source(name: "<test>", text: bytes), Span(start, end))
      #expect(found.carets.contains("^"))
    }
  }
}
