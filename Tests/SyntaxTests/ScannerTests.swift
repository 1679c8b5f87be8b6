import Testing

@testable import Syntax

@Suite struct ScannerTests {
  private func kinds(_ text: String) -> [TokenKind] { tokens(source(text)).map(\.kind) }

  private func texts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return tokens(source(text)).filter { $0.span.end > $0.span.start }.map {
      String(decoding: bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self)
    }
  }

  @Test func everyKeywordIsOne() {
    for word in Keyword.all {
      #expect(kinds(word.text) == [word.kind, .newline, .endOfInput])
      #expect(word.kind.isKeyword)
      #expect(kinds(word.text + "_").first == .name)
    }
    #expect(Keyword.all.count == 35)
  }

  @Test func theLongestOperatorWins() {
    let operators =
      "+ - * / // % @ ** & | ^ ~ << >> == != < <= > >= += -= *= /= //= %= @= **= &= |= ^= <<= >>= "
      + "-> := = . ... , : ;"
    #expect(
      texts("x " + operators).dropFirst() == operators.split(separator: " ").map(String.init)[...])
    #expect(texts("a**=b//c...") == ["a", "**=", "b", "//", "c", "..."])
  }

  @Test func numbersEndWhereTheyEnd() {
    #expect(texts("1..real") == ["1.", ".", "real"])
    #expect(texts("1if x else.5") == ["1", "if", "x", "else", ".5"])
    #expect(texts("0x1for") == ["0x1f", "or"])
    #expect(texts("1_0e-1_0j+2") == ["1_0e-1_0j", "+", "2"])
  }

  @Test func stringsTakeTheirPrefixAndQuotes() {
    #expect(texts("rb'a' Rb\"b\" u'c' x'd'") == ["rb'a'", "Rb\"b\"", "u'c'", "x", "'d'"])
    #expect(texts("'''a'b''c'''d") == ["'''a'b''c'''", "d"])
    #expect(texts("'a\\'b'c") == ["'a\\'b'", "c"])
    #expect(texts("f'{x[\"a\"]}' f'{\"}\"}'") == ["f'{x[\"a\"]}'", "f'{\"}\"}'"])
    // Python 3.11: the first such quote ends it.
    #expect(texts("f'{x['a']}'") == ["f'{x['", "a", "']}'"])
    #expect(texts("bu'a'") == ["bu", "'a'"])
  }

  @Test func blocksAreIndentAndDedent() {
    #expect(
      kinds("if x:\n  y\n\n  # c\n  z\nw")
        == [
          .if, .name, .colon, .newline, .indent, .name, .newline, .name, .newline, .dedent, .name,
          .newline, .endOfInput,
        ])
    #expect(kinds("if x:\n\ty\n        z\n").filter { $0 == .indent || $0 == .dedent }.count == 2)
  }

  @Test func bracketsAndBackslashesJoinLines() {
    #expect(kinds("(a\n  # c\n\n b)\n").filter { $0 == .newline }.count == 1)
    #expect(kinds("a + \\\n  b").contains(.indent) == false)
  }
}
