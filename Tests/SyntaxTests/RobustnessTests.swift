import TestSupport
import Testing

@testable import Syntax

/// Any bytes give a tree or one diagnostic, on an ordinary stack and in linear time.
@Suite struct RobustnessTests {
  /// Every entry point; the result does not matter, only that there is one.
  ///
  /// One expectation for all: tens of thousands of texts come through here.
  private func tryEverything(_ bytes: [UInt8], cursor: Int) {
    let broken = firstBrokenPromise(bytes, cursor: cursor)
    if let broken {
      Issue.record("\(broken): \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    }
  }

  private func firstBrokenPromise(_ bytes: [UInt8], cursor: Int) -> String? {
    var broken: String?
    let source = Source(name: "<test>", text: bytes)
    do throws(Diagnostic) {
      let statements = try parse(source)
      if dump(statements).isEmpty != statements.isEmpty { broken = "a dump is missing" }
    } catch {
      if error.message.isEmpty { broken = "a message is missing" }
      if error.span.start < 0 || error.span.start > error.span.end
        || Int(error.span.end) > bytes.count
      {
        broken = "the place of an error is outside of the text"
      }
      _ = SourceExcerpt(source, error.span)
    }
    _ = try? parseExpression(source)
    let text = String(decoding: bytes, as: UTF8.self)
    _ = try? parseSignature(text)
    _ = completeness(of: text)
    let all = tokens(source)
    if all.last?.kind != .endOfInput { broken = "the last token is missing" }
    var start: Int32 = 0
    for token in all {
      if token.span.end < token.span.start || token.span.start < start {
        broken = "tokens overlap"
      }
      start = token.span.start
    }
    _ = dottedName(in: bytes, at: cursor)
    _ = enclosingCall(in: bytes, at: cursor)
    return broken
  }

  @Test func anyBytesGiveATreeOrADiagnostic() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      tryEverything(bytes, cursor: Int.random(in: -1...45, using: &generator))
    }
  }

  @Test func anyMixOfTokensGivesATreeOrADiagnostic() {
    let pieces = [
      "(", ")", "[", "]", "{", "}", ",", ":", "=", "==", ":=", ".", "*", "**", "+", "-", "->", "@",
      "%", "!", "?", "$", "\\", "'", "\"", "'''", "\"\"\"", "f'", "f\"{", "}\"", "{", "!r", "b'",
      "#", ";", "\n", "\n  ", "\n    ", "\n\t", "\r", " ", "if", "elif", "else", "for", "while",
      "in",
      "not", "is", "and", "or", "def", "class", "lambda", "return", "yield", "from", "import", "as",
      "try", "except", "finally", "with", "del", "global", "nonlocal", "assert", "raise", "pass",
      "break", "continue", "async", "await", "match", "case", "type", "print", "None", "True", "x",
      "y", "__z", "1", "0x", "1e", "2j", "1_", "...", "é", "×", "\u{A0}", "%time", "x?",
    ]
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<30_000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...25, using: &generator) {
        text += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        if Bool.random(using: &generator) { text += " " }
      }
      tryEverything(Array(text.utf8), cursor: Int.random(in: 0...60, using: &generator))
    }
  }

  @Test func mutatedProgramsGiveATreeOrADiagnostic() throws {
    var generator = SeededGenerator(seed: 3)
    for program in try goldenChunks("programs.txt") {
      let original = Array(program.utf8)
      for _ in 0..<300 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
          let at = Int.random(in: 0..<bytes.count, using: &generator)
          let other = Int.random(in: 0..<bytes.count, using: &generator)
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: bytes.remove(at: at)
          case 1: bytes.insert(bytes[other], at: at)
          case 2: bytes.swapAt(at, other)
          default: bytes.removeSubrange(min(at, other)...max(at, other))
          }
        }
        tryEverything(bytes, cursor: bytes.count / 2)
      }
      for length in 0...original.count {
        tryEverything(Array(original[..<length]), cursor: length)
      }
    }
  }

  // MARK: - Depth

  private let tooDeep = "expression is nested too deeply: split it over several statements"

  private func repeated(_ head: String, _ tail: String, _ count: Int, middle: String = "x")
    -> String
  {
    String(repeating: head, count: count) + middle + String(repeating: tail, count: count)
  }

  @Test func aSumOfAThousandTermsIsFine() {
    #expect(diagnostic(of: "y = f(" + repeated("x + ", "", 999) + ")") == nil)
    #expect(diagnostic(of: "y = x" + String(repeating: ".a", count: 999)) == nil)
    // Flat in the tree: no limit.
    for op in ["and", "or", "<", ","] {
      #expect(diagnostic(of: "y = " + repeated("x \(op) ", "", 20_000)) == nil)
    }
    #expect(diagnostic(of: "y = " + String(repeating: "'a' ", count: 20_000)) == nil)
    #expect(diagnostic(of: "y = f'" + String(repeating: "{x}", count: 20_000) + "'") == nil)
  }

  @Test(arguments: [
    ("x + ", ""), ("- ", ""), ("not ", ""), ("x ** ", ""), ("lambda: ", ""), ("~", ""),
    ("x if y else ", ""), ("", ".a"), ("", "()"), ("", "[0]"), ("yield_ @ ", ""), ("", " - x"),
  ])
  func deepTreesAreRefused(_ head: String, _ tail: String) throws {
    for count in [2_000, 100_000] {
      let text = repeated(head, tail, count)
      let message = tooDeep
      let found = try onBigStack(bytes: 8 << 20) { diagnostic(of: text)?.message }
      #expect(found == message)
    }
  }

  @Test(arguments: [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("x[", "]"), ("{1: ", "}")])
  func bracketsAreLimited(_ open: String, _ close: String) throws {
    let fits = repeated(open, close, 100)
    let exceeds = repeated(open, close, 101)
    let open100k = String(repeating: open, count: 100_000)
    try onBigStack(bytes: 8 << 20) {
      #expect(diagnostic(of: fits) == nil)
      #expect(diagnostic(of: exceeds)?.message == "too many nested parentheses")
      #expect(diagnostic(of: open100k)?.message == "too many nested parentheses")
    }
  }

  @Test func theDeepestTreeFitsAnOrdinaryStack() throws {
    // Brackets, lambdas and operators together, as deep as the limits let them be.
    let text =
      "y = " + repeated("(lambda: -x ** x if x else ", ")", 100) + " + " + repeated("", " + x", 500)
    try onBigStack(bytes: 8 << 20) {
      #expect(diagnostic(of: text)?.message ?? tooDeep == tooDeep)
      _ = try? dump(parse(source(text)))
    }
  }

  @Test func blocksAreLimited() throws {
    func nested(_ depth: Int) -> String {
      (0..<depth).map { String(repeating: " ", count: $0) + "if x:\n" }.joined()
        + String(repeating: " ", count: depth) + "y\n"
    }
    let fits = nested(99)
    let exceeds = nested(100)
    try onBigStack(bytes: 8 << 20) {
      #expect(diagnostic(of: fits) == nil)
      #expect(diagnostic(of: exceeds)?.message == "too many levels of indentation")
    }
  }

  @Test func formatStringsInFormatStringsAreLimited() throws {
    let text = repeated("f'{", "}'", 1000)
    let found = try onBigStack(bytes: 8 << 20) { diagnostic(of: text) != nil }
    #expect(found)
  }

  // MARK: - Time

  /// Texts that would take hours if any pass were quadratic; a linear one takes milliseconds, also in
  /// a build for debugging on a busy machine far less than the bound.
  @Test(arguments: [
    "x\n", "(", ")", "[", "f'{", "f'''{", "'", "\"\"\"", "\\\n", "a b ", "x = ", "if x:\n ", "not ",
    "#", "f(a=1, ", "{1: 2, ", "lambda ", "x.", "@x\n", "a, ", "*", "-", "1_", "0x", "é", "f\"{'",
    "with (", "with (a as b, ", "for x in ", "[x for x in ", "f'{{", "f'{x:{", "a? ", "%x\n",
    "print x ", "f\"{a if b [] c}\" ",
    "x if ", "\t\n", "\r", "a = b = ", "match ", "type x[", "f(x for x in ", "try:\n x\n", "x[",
    "(a, (b, ",
    "f\"{f'{", "f'{x!r:{y}}' ", "a < ", "else:\n", "del ", "import a.", "yield ", "f'\\{",
  ])
  func hostileTextsTakeLinearTime(_ piece: String) throws {
    let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
    // Quadratic work would not end within the patience of whoever runs the tests.
    try onBigStack(bytes: 8 << 20) { tryEverything(Array(text.utf8), cursor: text.utf8.count - 1) }
  }
}
