/// A construct of Python that the language leaves out: one row for the error, for `%dialect`, and for
/// the tests.
///
/// In the texts `{}` stands for what the program wrote there (a name, a literal), `{_}` for that
/// without its first character.
public struct Refusal: Sendable {
  /// What `%dialect NAME` looks for.
  public let name: String
  /// What is refused, as the error begins.
  let what: String
  /// What to write instead, as the error ends; empty where `what` says all.
  let substitute: String
  /// A program that is refused for this reason.
  public let example: String
  /// What stands for `{}` where nothing was written: `%dialect`.
  let sample: String

  init(
    _ name: String, _ what: String, _ substitute: String, example: String, sample: String = ""
  ) {
    self.name = name
    self.what = what
    self.substitute = substitute
    self.example = example
    self.sample = sample
  }

  /// The message of the error.
  func message(_ written: String) -> String {
    Refusal.filled(substitute.isEmpty ? what : "\(what): \(substitute)", written)
  }

  /// The message as `%dialect` shows it.
  public var message: String { message(sample) }

  /// What to do instead; the whole message where that says it.
  public var instead: String {
    Refusal.filled(substitute.isEmpty ? what : substitute, sample)
  }

  private static func filled(_ text: String, _ written: String) -> String {
    let whole: String = text.split(separator: "{}", omittingEmptySubsequences: false)
      .joined(separator: written)
    return whole.split(separator: "{_}", omittingEmptySubsequences: false)
      .joined(separator: String(written.dropFirst()))
  }
}

extension Refusal {
  private static func out(_ what: String) -> String { "\(what) not part of this language" }

  static let async = Refusal(
    "async", out("\"async\" is"), "cells run in order; write an ordinary function",
    example: "async def f(): pass")
  static let await = Refusal(
    "await", out("\"await\" is"), "cells run in order; call the function directly",
    example: "await f()")
  static let match = Refusal(
    "match", out("\"match\" is"), "use if / elif", example: "match x:\n  case 1: pass")
  static let typeAlias = Refusal(
    "type", out("\"type\" statements are"), "write X = ... instead", example: "type X = int")
  static let typeParameters = Refusal(
    "type parameters", out("type parameters are"), "leave them out", example: "def f[T](x): pass")
  static let severalBases = Refusal(
    "several bases", "a class has at most one base here", "hold the other object as an attribute",
    example: "class A(B, C): pass")
  static let metaclass = Refusal(
    "metaclass", out("\"metaclass=\" is"), "use a class decorator or a function",
    example: "class A(metaclass=M): pass")
  static let classKeyword = Refusal(
    "class keyword", out("\"{}=\" in a class header is"), "set a class attribute",
    example: "class A(B, key=1): pass", sample: "key")
  static let unpackedBases = Refusal(
    "unpacked bases", out("unpacking in a class header is"), "name the one base",
    example: "class A(*bases): pass")
  static let importStar = Refusal(
    "import *", out("\"import *\" is"), "name what you import", example: "from math import *")
  static let relativeImport = Refusal(
    "relative import", out("a relative import is"), "write the module's whole name",
    example: "from . import x")
  static let exceptStar = Refusal(
    "except*", out("\"except*\" is"), "write except",
    example: "try:\n  pass\nexcept* ValueError:\n  pass")
  static let complex = Refusal(
    "complex", out("complex numbers ({}) are"), "use two floats", example: "z = 1j",
    sample: "1j")
  static let template = Refusal(
    "template string", out("template strings (t\"...\") are"), "write an f-string",
    example: "t'{x}'")
  static let slots = Refusal(
    "__slots__", out("\"__slots__\" is"), "leave it out",
    example: "class A:\n  __slots__ = ['x']")
  static let privateName = Refusal(
    "private name", out("private names of a class ({}) are"),
    "write {_} with one underscore", example: "class A:\n  def f(self): return self.__x",
    sample: "__x")
  static let finalizer = Refusal(
    "__del__", out("\"__del__\" is"), "free things in __exit__ and use the object in a with statement",
    example: "class A:\n  def __del__(self): pass")
  static let namedCharacter = Refusal(
    "\\N", out("\"\\N{...}\" is"), "write the character itself or \\uXXXX",
    example: "x = '\\N{BULLET}'")
  static let surrogate = Refusal(
    "surrogate", out("a lone surrogate (U+{}) is"),
    "write the whole character, for example \\U0001F600", example: "x = '\\ud800'", sample: "D800")
  static let compatibilityName = Refusal(
    "letters of names", "{} is not part of names in this language", "write plain letters",
    example: "\u{FB01}t = 1", sample: "'\u{FB01}' (U+FB01)")
  static let commandInside = Refusal(
    "% inside a block", "a notebook command stands alone at the start of a line", "",
    example: "if True:\n  %time x")
  static let cellCommand = Refusal(
    "%% below the first line", "\"%%{}\" stands on the first line of a cell", "",
    example: "x = 1\n%%time", sample: "time")
  static let shell = Refusal(
    "!", out("\"!\" is"),
    "the kernel runs no shell; use open() for files, %run for programs, and a terminal for the rest",
    example: "!ls")

  /// Everything that the parser refuses by name.
  public static let all: [Refusal] = [
    Refusal.async, Refusal.await, match, typeAlias, typeParameters, severalBases, metaclass, classKeyword,
    unpackedBases, importStar, relativeImport, exceptStar, complex, template, slots, privateName,
    finalizer, namedCharacter, surrogate, compatibilityName,
    commandInside, cellCommand, shell,
  ]
}
