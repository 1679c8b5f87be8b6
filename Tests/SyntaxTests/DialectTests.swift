import Testing

@testable import Syntax

private let noShell =
  "\"!\" is not part of this language: the kernel runs no shell; use open() for files, "
  + "%run for programs, and a terminal for the rest"
private let noSurrogate =
  "a lone surrogate (U+D800) is not part of this language: write the whole character, "
  + "for example \\U0001F600"

/// Python that is not part of the language is refused by name, at the word itself.
@Suite struct DialectTests {
  private func refusal(_ text: String) -> (message: String, marked: String)? {
    guard let found = diagnostic(of: text), found.kind == .notInDialect else { return nil }
    let bytes = Array(text.utf8)[Int(found.span.start)..<Int(found.span.end)]
    return (found.message, String(decoding: bytes, as: UTF8.self))
  }

  @Test(arguments: [
    (
      "async def f(): pass",
      "\"async\" is not part of this language: cells run in order; write an ordinary function",
      "async"
    ),
    (
      "async with a: pass",
      "\"async\" is not part of this language: cells run in order; write an ordinary function",
      "async"
    ),
    (
      "async for a in b: pass",
      "\"async\" is not part of this language: cells run in order; write an ordinary function",
      "async"
    ),
    (
      "[a async for a in b]",
      "\"async\" is not part of this language: cells run in order; write an ordinary function",
      "async"
    ),
    (
      "x = await y",
      "\"await\" is not part of this language: cells run in order; call the function directly",
      "await"
    ),
    (
      "match x:\n  case 1:\n    y", "\"match\" is not part of this language: use if / elif", "match"
    ),
    (
      "match (x, y):\n  case (1, _): z", "\"match\" is not part of this language: use if / elif",
      "match"
    ),
    ("match [x]:\n  case [1]: z", "\"match\" is not part of this language: use if / elif", "match"),
    ("match -x:\n  case 1: z", "\"match\" is not part of this language: use if / elif", "match"),
    ("match *x, y:\n  case 1: z", "\"match\" is not part of this language: use if / elif", "match"),
    (
      "type X = int", "\"type\" statements are not part of this language: write X = ... instead",
      "type"
    ),
    (
      "type X[T] = list",
      "\"type\" statements are not part of this language: write X = ... instead", "type"
    ),
    ("def f[T](x): pass", "type parameters are not part of this language: leave them out", "["),
    ("class A[T]: pass", "type parameters are not part of this language: leave them out", "["),
    (
      "class A(B, C): pass",
      "a class has at most one base here: hold the other object as an attribute", "C"
    ),
    (
      "class A(metaclass=M): pass",
      "\"metaclass=\" is not part of this language: use a class decorator or a function",
      "metaclass"
    ),
    (
      "class A(B, frozen=True): pass",
      "\"frozen=\" in a class header is not part of this language: set a class attribute", "frozen"
    ),
    (
      "class A(*bases): pass",
      "unpacking in a class header is not part of this language: name the one base", "bases"
    ),
    ("from x import *", "\"import *\" is not part of this language: name what you import", "*"),
    (
      "from . import x",
      "a relative import is not part of this language: write the module's whole name", "."
    ),
    (
      "from ...a import x",
      "a relative import is not part of this language: write the module's whole name", "..."
    ),
    ("try: a\nexcept* B: c", "\"except*\" is not part of this language: write except", "except*"),
    ("x = 1j", "complex numbers (1j) are not part of this language: use two floats", "1j"),
    (
      "x = 3 + 2.5e3J * y",
      "complex numbers (2.5e3J) are not part of this language: use two floats", "2.5e3J"
    ),
    (
      "class A:\n  __slots__ = ('a',)", "\"__slots__\" is not part of this language: leave it out",
      "__slots__"
    ),
    (
      "class A:\n  def __del__(self): pass",
      "\"__del__\" is not part of this language: free things in __exit__ and use the object in a with "
        + "statement", "__del__"
    ),
    (
      "class A:\n  def f(self): return self.__x",
      "private names of a class (__x) are not part of this language: write _x with one underscore",
      "__x"
    ),
    (
      "class A:\n  __y = 1",
      "private names of a class (__y) are not part of this language: write _y with one underscore",
      "__y"
    ),
    (
      "'\\N{BULLET}'",
      "\"\\N{...}\" is not part of this language: write the character itself or \\uXXXX", "\\N"
    ),
    (
      "'\\ud800'",
      noSurrogate,
      "\\ud800"
    ),
    ("x = t'{y}'", "template strings (t\"...\") are not part of this language: write an f-string", "t"),
    ("rt\"x\"", "template strings (t\"...\") are not part of this language: write an f-string", "rt"),
    ("ﬁt = 1", "'ﬁ' (U+FB01) is not part of names in this language: write plain letters", "ﬁ"),
    (
      "!pip install 'x",
      noShell,
      "!"
    ),
    (
      "if x:\n  !ls",
      noShell,
      "!"
    ),
    (
      "x = !ls",
      noShell,
      "!"
    ),
    ("if x:\n  %time y", "a notebook command stands alone at the start of a line", "%time y"),
    ("if x: %time y", "a notebook command stands alone at the start of a line", "%time"),
    ("x = %time y", "a notebook command stands alone at the start of a line", "%time"),
    ("x; %time y", "a notebook command stands alone at the start of a line", "%time"),
    ("def f():\n  g?", "a notebook command stands alone at the start of a line", "g?"),
    ("x\n%%time", "\"%%time\" stands on the first line of a cell", "%%time"),
  ])
  func isRefusedByName(_ text: String, _ message: String, _ marked: String) {
    let found = refusal(text)
    #expect(found?.message == message)
    #expect(found?.marked == marked)
  }

  @Test func softKeywordsAreNamesElsewhere() throws {
    for text in [
      "match = 1", "match(x)", "match[x] = 1", "match.x", "match, case = 1, 2", "match * x",
      "type(x)", "type = 1", "type.x", "print(type)", "case = _ = 1",
      "type[x] = y",
    ] {
      #expect(diagnostic(of: text) == nil, "\(text)")
    }
  }

  @Test func lettersWithoutACompatibilityFormMakeNames() {
    for text in ["é", "É", "ß", "ς", "ΐ", "变量", "ñandú", "Ωmega", "x̄", "ПриВет", "ij"] {
      #expect(diagnostic(of: text) == nil, "\(text)")
    }
    for text in ["ﬁ", "ſ", "ａ", "Ａ", "𝐱", "𝐗", "ª", "ĳ", "Ĳ", "xʰ"] {
      #expect(diagnostic(of: text)?.kind == .notInDialect, "\(text)")
    }
  }

  @Test func doubleUnderscoresAreFineOutsideOfClassesAndForProtocolNames() {
    #expect(diagnostic(of: "__x = 1\nx.__y") == nil)
    #expect(diagnostic(of: "class A:\n  __all__ = 1\n  def __init__(self): self.__dict__") == nil)
    #expect(diagnostic(of: "class A:\n  def f(self, __): return _x__y") == nil)
  }
}
