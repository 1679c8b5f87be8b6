import TestSupport

/// Writes programs by the grammar of the language, most of them sensible enough to run for a while:
/// a pool of variables of every sort, objects whose special methods misbehave, calls of every row of
/// the tables, and errors caught on the way, so that a program does not end at its first one.
struct ProgramGrammar {
  typealias Sort = Vocabulary.Sort

  var random: SeededGenerator
  var text = ""
  var indentation = 0
  /// What may still be nested in an expression.
  var room = 0
  var inFunction = false
  var inGenerator = false
  var inLoop = false
  let vocabulary = Vocabulary.shared

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A whole program.
  static func program(seed: UInt64) -> String {
    var grammar = ProgramGrammar(seed: seed)
    grammar.prelude()
    for _ in 0..<(2 + grammar.random.below(14)) { grammar.statement(depth: 3) }
    return grammar.text
  }

  // MARK: - Lines

  mutating func line(_ content: String) {
    for _ in 0..<indentation { text += "  " }
    text += content
    text += "\n"
  }

  mutating func block(_ body: (inout ProgramGrammar) -> Void) {
    indentation += 1
    body(&self)
    indentation -= 1
  }

  // MARK: - What every program begins with

  private static let moduleLines = [
    "import math, random, json, re, itertools, functools, collections, copy, string, operator, heapq",
    "from collections import Counter, defaultdict, deque, namedtuple, OrderedDict",
    "from dataclasses import dataclass, field", "from enum import Enum, IntEnum, Flag",
    "import contextlib, bisect, io, typing, time, sys, warnings, abc, enum, dataclasses",
  ]

  mutating func prelude() {
    for module in ProgramGrammar.moduleLines { line(module) }
    line("n, n1, n2 = \(literal(.int)), \(literal(.int)), \(literal(.int))")
    line("f, f1 = \(literal(.float)), \(literal(.float))")
    line("s, s1, s2 = \(literal(.string)), \(literal(.string)), \(literal(.string))")
    line("b = \(literal(.bytes))")
    line("l, l1 = \(literal(.list)), \(literal(.list))")
    line("t = \(literal(.tuple))")
    line("d, d1 = \(literal(.dict)), \(literal(.dict))")
    line("e = \(literal(.set))")
    line("fn = lambda *a, **k: a[0] if a else None")
    line("it = iter(\(literal(.list)))")
    hostileClass("C")
    line("o = C()")
    line("o.x = l")
    if random.oneIn(3) {
      hostileClass("D", base: random.pick(["C", "C", "dict", "Exception", "list", "str", "int"]))
      line("try: o = D()")
      line("except Exception: pass")
    }
    if random.oneIn(2) { generator("g") } else { line("g = lambda *a: iter(l)") }
  }

  private static let specials = [
    "__eq__(self, other)", "__hash__(self)", "__lt__(self, other)", "__repr__(self)",
    "__str__(self)", "__len__(self)", "__bool__(self)", "__getitem__(self, key)",
    "__setitem__(self, key, value)", "__delitem__(self, key)", "__contains__(self, item)",
    "__iter__(self)", "__next__(self)", "__call__(self, *args, **kw)", "__add__(self, other)",
    "__radd__(self, other)", "__iadd__(self, other)", "__mul__(self, other)", "__sub__(self, other)",
    "__neg__(self)", "__getattr__(self, name)", "__enter__(self)", "__exit__(self, *args)",
    "__index__(self)", "__float__(self)", "__int__(self)", "__format__(self, spec)",
    "__missing__(self, key)", "__reversed__(self)", "__round__(self, n=None)", "__abs__(self)",
    "__ge__(self, other)", "__gt__(self, other)", "__le__(self, other)", "__ne__(self, other)",
    "__mod__(self, other)", "__pow__(self, other)", "__matmul__(self, other)", "__or__(self, other)",
    "__and__(self, other)", "__rsub__(self, other)", "__setattr__(self, name, value)",
    "__delattr__(self, name)", "__new__(cls, *args)", "__copy__(self)", "__deepcopy__(self, memo)",
    "__post_init__(self)", "__truediv__(self, other)", "__floordiv__(self, other)",
    "__init__(self, *args)", "__lshift__(self, other)", "__divmod__(self, other)",
    "__bytes__(self)", "__ceil__(self)", "__trunc__(self)", "__length_hint__(self)",
    "__class_getitem__(cls, item)", "__init_subclass__(cls)", "__getattribute__(self, name)",
    "__set_name__(self, owner, name)", "__instancecheck__(self, other)", "__del__(self)",
  ]

  /// Bodies of special methods: answers of the wrong kind, errors, recursion, and changes to what is
  /// being walked over.
  private mutating func specialBody() -> String {
    switch random.below(22) {
    case 0: "return NotImplemented"
    case 1: "return self"
    case 2: "raise \(random.pick(Self.exceptions))('x')"
    case 3: "l.clear(); return True"
    case 4: "l.append(self); return False"
    case 5: "d.clear(); return 1"
    case 6: "d[self] = self; return 0"
    case 7: "e.add(len(e)); return True"
    case 8: "return self == self"
    case 9: "return \(random.pick(["hash(self)", "repr(self)", "str(self)", "bool(self)", "len(self)"]))"
    case 10: "return next(it, 3)"
    case 11: "global l; l = []; return n"
    case 12: "l.sort(); return 'x'"
    case 13: "return [self]"
    case 14: "yield self; yield 1"
    case 15: "d.pop(next(iter(d), None), None); return 2"
    case 16: "return super().__repr__()"
    case 17: "return iter([1, 2, self])"
    case 18: "del l[:]; l.extend(range(20)); return l is not None"
    default: "return \(expression(random.pick(Sort.allCases), 1))"
    }
  }

  mutating func hostileClass(_ name: String, base: String? = nil) {
    let decorator = random.below(12)
    if decorator == 0 { line("@dataclass") }
    if decorator == 1 { line("@functools.total_ordering") }
    line("class \(name)\(base.map { "(\($0))" } ?? ""):")
    block { grammar in
      if decorator == 0 {
        grammar.line("a: int = 1")
        grammar.line("b: list = field(default_factory=list)")
      }
      grammar.line("k = \(grammar.expression(.any, 1))")
      for _ in 0..<grammar.random.below(6) {
        grammar.line("def \(grammar.random.pick(Self.specials)):")
        grammar.block { $0.line($0.specialBody()) }
      }
      if grammar.random.oneIn(4) {
        grammar.line("@\(grammar.random.pick(["property", "staticmethod", "classmethod", "functools.lru_cache"]))")
        grammar.line("def p(self=None, *a): return \(grammar.expression(.any, 1))")
      }
      if grammar.random.oneIn(4) {
        grammar.line("def m(self, *a, **k):")
        let saved = grammar.inFunction
        grammar.inFunction = true
        grammar.block { inner in
          inner.statement(depth: 1)
          inner.line("return \(inner.expression(.any, 2))")
        }
        grammar.inFunction = saved
      }
    }
  }

  mutating func generator(_ name: String) {
    let saved = (inFunction, inGenerator, inLoop)
    (inFunction, inGenerator, inLoop) = (true, true, false)
    line("def \(name)(*a, **k):")
    block { grammar in
      for _ in 0..<(1 + grammar.random.below(3)) {
        switch grammar.random.below(5) {
        case 0: grammar.line("yield from \(grammar.expression(.list, 2))")
        case 1: grammar.line("x = yield \(grammar.expression(.any, 2))")
        case 2:
          grammar.line("try:")
          grammar.block { $0.line("yield \($0.expression(.any, 1))") }
          grammar.line(grammar.random.oneIn(2) ? "finally:" : "except BaseException:")
          grammar.block { $0.line($0.random.oneIn(2) ? "yield 5" : $0.simple()) }
        case 3: grammar.line("for q in \(grammar.expression(.list, 1)): yield q")
        default: grammar.statement(depth: 1)
        }
      }
      grammar.line("yield \(grammar.expression(.any, 1))")
    }
    (inFunction, inGenerator, inLoop) = saved
  }

  static let exceptions = [
    "ValueError", "TypeError", "KeyError", "IndexError", "StopIteration", "ZeroDivisionError",
    "AttributeError", "RuntimeError", "RecursionError", "MemoryError", "KeyboardInterrupt",
    "GeneratorExit", "Exception", "BaseException", "OverflowError", "AssertionError", "LookupError",
    "NameError", "UnicodeDecodeError", "SystemExit", "OSError", "NotImplementedError",
  ]
}
