import Testing

@testable import Syntax

@Suite struct TreeTests {
  /// `Golden/programs.cpython.txt` is made from CPython's own trees by `Golden/generate.py`.
  @Test func treesAndSpansAreThoseOfCPython() throws {
    let programs = try goldenChunks("programs.txt")
    let expected = try goldenChunks("programs.cpython.txt").dropFirst()
    #expect(programs.count == expected.count)
    for (program, tree) in zip(programs, expected) {
      // CPython 3.11 gives no usable spans inside f-strings.
      let hasSpans = !tree.contains("(f")
      let statements = try parse(source(program + "\n"))
      let actual = dump(statements, spans: hasSpans).split(separator: "\n")
      let wanted = (hasSpans ? tree : withoutSpans(tree)).split(separator: "\n")
      for (found, line) in zip(actual, wanted) { #expect(found == line) }
      #expect(actual.count == wanted.count)
    }
  }

  private func withoutSpans(_ tree: String) -> String {
    tree.replacing(/@\d+:\d+/, with: "")
  }

  @Test func aTextWithoutALineEndGivesTheSameTree() throws {
    for program in try goldenChunks("programs.txt") {
      let plain = dump(try parse(source(program)))
      #expect(plain == dump(try parse(source(program + "\n"))))
      #expect(plain == dump(try parse(source(program + "\n\n# end"))))
    }
  }

  @Test func everyLineEndGivesTheSameTree() throws {
    for program in try goldenChunks("programs.txt") {
      let plain = dump(try parse(source(program)))
      for end in ["\r\n", "\r"] {
        let text = program.replacing("\n", with: end)
        #expect(dump(try parse(source(text))) == plain)
      }
    }
  }

  @Test func emptyTextsHaveNoStatements() throws {
    for text in [
      "", "\n", "  ", "\n\n  \n", "# only a comment", "  # indented\n", "\u{FEFF}", "\u{0C}",
    ] {
      #expect(try parse(source(text)).isEmpty)
    }
  }

  @Test func debugFieldsKeepTheirText() throws {
    let tree = dump(try parse(source("f'{ x = }{y=!s}{z=:>3}'")))
    #expect(tree == "(f {x =\" x = \" !r} {y =\"y=\" !s} {z =\"z=\" : \">3\"})\n")
  }

  @Test func fieldsEndAtTheOuterQuotesAsInPython311() {
    for (text, message) in [
      (#"f"{x["a"]}""#, "f-string: unmatched '['"),
      (#"f'{f'{1}'}'"#, "f-string: expecting '}'"),
      (#"f"{'\n'.join(x)}""#, "f-string expression part cannot include a backslash"),
    ] {
      do {
        let tree = try parse(source(text))
        Issue.record("\(text) was accepted: \(dump(tree))")
      } catch {
        #expect(error.message == message, "\(text)")
      }
    }
  }

  @Test func spansInFieldsPointIntoTheSource() throws {
    let statements = try parse(source("x = f'é{ab + c}'"))
    #expect(
      dump(statements, spans: true)
        == "(= x@0:1 (f \"\\c3\\a9\" {(+ ab@9:11 c@14:15)@9:15})@4:17)@0:17\n")
  }

  @Test func integersBeyond64BitsKeepDigitsAndRadix() throws {
    func constant(_ text: String) throws -> Constant? {
      if case .constant(let value) = try parseExpression(source(text)).kind { return value }
      return nil
    }
    #expect(try constant("0xFFFF_FFFF_FFFF_FFFF") == .bigInt(digits: "FFFFFFFFFFFFFFFF", radix: 16))
    #expect(try constant("0b" + String(repeating: "1", count: 63)) == .int(.max))
    #expect(
      try constant("0o" + String(repeating: "7", count: 22))
        == .bigInt(digits: String(repeating: "7", count: 22), radix: 8))
    #expect(
      try constant("9223372036854775808") == .bigInt(digits: "9223372036854775808", radix: 10))
  }

  @Test func theMicroSignIsTheGreekLetter() throws {
    #expect(dump(try parseExpression(source("\u{B5}"))) == "\u{3BC}")
  }

  @Test func anExpressionMayBeATupleWithSpaceAroundIt() throws {
    #expect(dump(try parseExpression(source("\n  a, *b \n\n"))) == "(tuple a (* b))")
    #expect(throws: Diagnostic.self) { try parseExpression(source("a = 1")) }
    #expect(throws: Diagnostic.self) { try parseExpression(source("")) }
    #expect(throws: Diagnostic.self) { try parseExpression(source("a b")) }
  }
}
