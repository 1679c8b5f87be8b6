import Testing

@testable import Syntax

/// The cursor is written as `|` in these texts.
@Suite struct CursorContextTests {
  private func split(_ marked: String) -> (text: [UInt8], cursor: Int) {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let head = Array(parts[0].utf8)
    return (head + Array((parts.count > 1 ? parts[1] : "").utf8), head.count)
  }

  private func name(_ marked: String) -> DottedName? {
    let (text, cursor) = split(marked)
    return dottedName(in: text, at: cursor)
  }

  private func call(_ marked: String) -> EnclosingCall? {
    let (text, cursor) = split(marked)
    return enclosingCall(in: text, at: cursor)
  }

  @Test func aNameAroundTheCursorIsSplitThere() {
    let found = name("x = torch.nn.Lin|ear(3)")
    #expect(found?.receiver == .path(["torch", "nn"]))
    #expect(found?.name == "Linear")
    #expect(found?.prefix == "Lin")
    #expect(found?.span == Span(13, 19))
    #expect(found?.text == "torch.nn.Linear")
    #expect(found?.wholeSpan == Span(4, 19))
  }

  @Test func aPlainNameHasNoReceiver() {
    #expect(name("pri|")?.receiver == DottedName.Receiver.none)
    #expect(name("pri|")?.prefix == "pri")
    #expect(name("a = 1\nfor|")?.name == "for")
    #expect(name("(1 + ab|")?.name == "ab")
  }

  @Test func afterADotTheNameIsEmpty() {
    #expect(name("np.|")?.receiver == .path(["np"]))
    #expect(name("np.|")?.span == Span(3, 3))
    #expect(name("a.b.|\nc = 1")?.receiver == .path(["a", "b"]))
  }

  @Test func otherReceiversAreExpressions() {
    #expect(name("f(x)[0].na|")?.receiver == .expression(Span(0, 7)))
    #expect(name("y = 'text'.up|")?.receiver == .expression(Span(4, 10)))
    #expect(name("print([1, 2].|)")?.receiver == .expression(Span(6, 12)))
    #expect(name("a.f(b).c.|")?.receiver == .expression(Span(0, 8)))
    #expect(name("x + (a).b|")?.receiver == .expression(Span(4, 7)))
  }

  @Test func literalsCommentsAndGapsHoldNoName() {
    for text in [
      "'ab|c'", "x = 'ab|", "# ab|c", "x = 1 # a.b|", "(1, # ab|\n2)", "'''a\nb|", "x |", "|",
      "1.|", "f'ab|c'", "b'x|'", "x + |", "'a'|",
    ] {
      #expect(name(text) == nil, "\(text)")
    }
  }

  @Test func fieldsOfFormatStringsAreCode() {
    #expect(name("f'{np.me|}'")?.text == "np.me")
    #expect(name("f'a {x} {np.me|")?.receiver == .path(["np"]))
    #expect(name("f\"{f'{ab|}'}\"")?.name == "ab")
    #expect(name("f'{{ab|'") == nil)
    #expect(call("f'{g(1, |)}'")?.argumentIndex == 1)
  }

  @Test func brokenTextAroundDoesNotMatter() {
    #expect(name("x = = (\n  torch.zer|\n]]")?.text == "torch.zer")
    #expect(name("if x\n\t y\n  model.fi|")?.text == "model.fi")
    #expect(name("$ ` ab|")?.name == "ab")
    #expect(name("x = 'open\nab|")?.name == "ab")
  }

  @Test func aCallGivesItsCalleeAndArgument() {
    let found = call("model.fit(x, y, epochs=3, |)")
    #expect(found?.callee.text == "model.fit")
    #expect(found?.argumentIndex == 3)
    #expect(found?.keyword == nil)
    #expect(found?.keywords == ["epochs"])
    #expect(found?.span == Span(9, 10))
    #expect(call("f(|")?.argumentIndex == 0)
    #expect(call("f(a)(b, |")?.callee.receiver == .expression(Span(0, 4)))
  }

  @Test func keywordsBeforeAndAfterTheCursorAreGiven() {
    let found = call("f(a=1, b=|, c=2)")
    #expect(found?.keyword == "b")
    #expect(found?.keywords == ["a", "c"])
    #expect(call("f(a == 1, |")?.keywords == [])
    #expect(call("f(x, ep|ochs=3)")?.keywords == [])
  }

  @Test func theInnermostCallCounts() {
    #expect(call("f(a, g(b, c|), d)")?.callee.text == "g")
    #expect(call("f(a, g(b, c), d|)")?.callee.text == "f")
    #expect(call("f(a, g(b, c), d|)")?.argumentIndex == 2)
    #expect(call("f(a, [1, {2: |")?.callee.text == "f")
    #expect(call("f(a, [1, 2, |")?.argumentIndex == 1)
    #expect(call("f((a, |")?.callee.text == "f")
  }

  @Test func definitionsAndPlainBracketsAreNoCalls() {
    for text in ["def f(a, |", "(a, |", "x = (1 + |)", "class A(|", "f(a)|", "f|(a)", "return (|"] {
      #expect(call(text) == nil, "\(text)")
    }
  }

  @Test func tokensOfBrokenTextCoverIt() {
    let all = tokens(source("x = 'a\n) 1x $ f("))
    #expect(all.last?.kind == .endOfInput)
    #expect(
      all.map(\.kind) == [
        .name, .equal, .string, .newline, .rightParenthesis, .number, .unknown, .name,
        .leftParenthesis, .endOfInput,
      ])
  }
}
