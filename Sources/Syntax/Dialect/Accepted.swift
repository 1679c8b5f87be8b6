/// What the language has of Python: one row for `%dialect` and for the tests, which run each example.
public struct Accepted: Sendable {
  public enum Group: String, CaseIterable, Sendable {
    case values = "Values"
    case expressions = "Expressions"
    case statements = "Statements"
    case functions = "Functions"
    case classes = "Classes"
    case notebook = "Notebook"
  }

  public let name: String
  public let group: Group
  /// What there is, in a phrase.
  public let about: String
  /// A program that runs without an error.
  public let example: String

  init(_ name: String, _ group: Group, _ about: String, _ example: String) {
    self.name = name
    self.group = group
    self.about = about
    self.example = example
  }

  public static let all: [Accepted] = [
    Accepted("int", .values, "whole numbers of any size", "x = 2 ** 100"),
    Accepted("float", .values, "64-bit floating point", "x = 1.5e-3"),
    Accepted("bool", .values, "True and False; a bool is an int", "x = True + True"),
    Accepted("str", .values, "text in code points", "x = 'caf\\u00e9'.upper()"),
    Accepted("bytes", .values, "bytes: literals, indexing, decoding, files", "x = b'abc'[0]"),
    Accepted("list", .values, "lists", "x = [1, *[2, 3]]"),
    Accepted("tuple", .values, "tuples", "x = (1, 2)"),
    Accepted("dict", .values, "dictionaries, in order of insertion", "x = {'a': 1, **{'b': 2}}"),
    Accepted("set", .values, "sets and frozen sets", "x = {1, 2} | {3}"),
    Accepted("range", .values, "ranges", "x = range(10)[2:5]"),
    Accepted("slice", .values, "slices", "x = [1, 2, 3][::-1]"),
    Accepted("None", .values, "None, Ellipsis, NotImplemented", "x = [None, ..., NotImplemented]"),

    Accepted("operators", .expressions, "all of them, @ and augmented ones included", "x = 7 // 2 ** 2\nx += 1"),
    Accepted("comparison", .expressions, "chained comparisons", "x = 1 < 2 <= 2"),
    Accepted("conditional expression", .expressions, "a if c else b", "x = 1 if True else 2"),
    Accepted("lambda", .expressions, "small functions", "f = lambda x, y=2: x * y"),
    Accepted("comprehension", .expressions, "of lists, sets, dictionaries", "x = [a * b for a in 'ab' for b in (1, 2)]"),
    Accepted("generator expression", .expressions, "lazy, where a value is wanted", "x = sum(n * n for n in range(4))"),
    Accepted("unpacking", .expressions, "starred and nested, * and ** in calls", "a, (b, *c) = 1, (2, 3, 4)"),
    Accepted("walrus", .expressions, ":= in expressions", "if (n := 3) > 2: x = n"),
    Accepted("f-string", .expressions, "with format specs, = and nesting", "x = f'{1.5:>{8}.2f} {2 + 2 = }'"),
    Accepted("subscripts", .expressions, "several dimensions, masks, ...", "class A:\n  def __getitem__(self, k): return k\nx = A()[1:2, ..., None]"),

    Accepted("if", .statements, "if, elif, else", "if 1 > 2: pass\nelif True: pass\nelse: pass"),
    Accepted("for", .statements, "for with else, break, continue", "for i in range(3):\n  if i == 1: break\nelse: pass"),
    Accepted("while", .statements, "while with else", "n = 3\nwhile n: n -= 1"),
    Accepted("try", .statements, "try, except, else, finally, raise from", "try:\n  raise ValueError('x') from None\nexcept (ValueError, KeyError) as e: pass\nfinally: pass"),
    Accepted("with", .statements, "several contexts in one statement", "import io\nwith io.StringIO() as a, io.StringIO() as b: a.write('x')"),
    Accepted("assert", .statements, "assert with a message", "assert 1 < 2, 'never'"),
    Accepted("del", .statements, "of names, items and attributes", "x = [1, 2]\ndel x[0], x"),
    Accepted("import", .statements, "of the modules that %modules lists", "import math as m\nfrom math import pi, sin as sine"),
    Accepted("global", .statements, "global and nonlocal", "def f():\n  global x\n  x = 1\nf()"),

    Accepted("def", .functions, "defaults, *args, **kwargs, / and *", "def f(a, /, b=1, *args, c, **rest): return a"),
    Accepted("annotations", .functions, "parsed, not checked", "def f(x: int = 1) -> str: return str(x)"),
    Accepted("decorators", .functions, "of functions and classes", "def d(f): return f\n@d\ndef g(): pass"),
    Accepted("generators", .functions, "yield, yield from, send, close", "def g():\n  x = yield 1\n  yield from [2, 3]\nx = list(g())"),
    Accepted("docstring", .functions, "shown by help and NAME?", "def f():\n  'What it does.'"),

    Accepted("class", .classes, "with one base, super() and class attributes", "class A:\n  n = 1\nclass B(A):\n  def f(self): return super().__init__()"),
    Accepted("special methods", .classes, "operators, comparison, call, iteration, context, text", "class A:\n  def __add__(self, o): return 1\n  def __len__(self): return 2\nx = A() + 1"),
    Accepted("property", .classes, "@property, @staticmethod, @classmethod", "class A:\n  @property\n  def p(self): return 1\n  @staticmethod\n  def s(): return 2\nx = A().p"),

    Accepted("% commands", .notebook, "at the start of a line; %lsmagic lists them", "%pwd"),
    Accepted("NAME?", .notebook, "help on a name; NAME?? with its source", "len?"),
    Accepted("open", .notebook, "files of text and bytes, with `with`", "import os\nwith open(os.devnull) as f: x = f.read()"),
  ]
}
