import TestSupport

extension ProgramGrammar {
  /// One statement; most of them with their errors caught.
  mutating func statement(depth: Int) {
    if depth > 0, random.oneIn(3) {
      compound(depth: depth - 1)
      return
    }
    if random.below(10) < 6 {
      line("try:")
      block { $0.line($0.simple()) }
      line(random.pick(["except Exception as x:", "except Exception:", "except BaseException:"]))
      block { $0.line($0.random.pick(["pass", "pass", "s = str(x)[:60]", "print(repr(l)[:50])"])) }
    } else {
      line(simple())
    }
  }

  mutating func target() -> String {
    switch random.below(16) {
    case 0: "l[\(expression(.int, 1))]"
    case 1: "d[\(expression(.any, 1))]"
    case 2: "o.x"
    case 3: "o.\(random.pick(["y", "k", "p", "__class__", "__dict__", "m"]))"
    case 4: "l[\(slice())]"
    case 5: "\(name(.any)), \(name(.any))"
    case 6: "\(name(.any)), *\(name(.any))"
    case 7: "[\(name(.any)), (\(name(.any)), *l[1:1])]"
    case 8: "o[\(expression(.any, 1))]"
    default: name(random.pick(Sort.allCases))
    }
  }

  /// A simple statement, on one line.
  mutating func simple() -> String {
    switch random.below(34) {
    case 0...5: return "\(target()) = \(expression(random.pick(Sort.allCases), 3))"
    case 6:
      // Keep variables of a sort what they are, mostly.
      let sort = random.pick(Sort.allCases)
      return "\(name(sort)) = \(expression(sort, 3))"
    case 7, 8:
      let op = random.pick(["+", "-", "*", "//", "%", "&", "|", "^", "/", "@", "**", "<<", ">>"])
      return "\(random.oneIn(4) ? "l[0]" : name(random.pick(Sort.allCases))) \(op)= \(expression(.any, 2))"
    case 9: return "del \(random.pick(["l[0]", "l[:]", "d[n]", "o.x", "l[\(slice())]", "n2", "s2", "d[s]", "l[-1]"]))"
    case 10: return "assert \(expression(.any, 2)), \(expression(.any, 1))"
    case 11: return "raise \(random.pick(Self.exceptions))(\(expression(.any, 1)))"
    case 12:
      return "raise \(random.pick(Self.exceptions)) from \(random.pick(["None", "ValueError(1)", "o", "x"]))"
    case 13: return "print(\(expression(.any, 2)), \(expression(.any, 2)), sep=\(expression(.string, 1)))"
    case 14: return "l.sort(key=\(expression(.function, 1)), reverse=\(expression(.bool, 1)))"
    case 15: return "l.sort(key=lambda q: (l.append(q), 1)[1])"
    case 16: return "d.update(\(expression(.dict, 2)))"
    case 17: return "e |= {\(expression(.any, 1)), \(expression(.any, 1))}"
    case 18: return "for q in d: d[\(expression(.any, 1))] = q"
    case 19: return "for q in l: l.append(q) if len(l) < 50 else l.pop()"
    case 20: return "[x for x in e if e.add(\(expression(.any, 1)))]"
    case 21: return inFunction ? "return \(inGenerator ? "" : expression(.any, 2))" : "pass"
    case 22: return inLoop ? random.pick(["break", "continue"]) : "..."
    case 23: return inGenerator ? "yield \(expression(.any, 2))" : expression(.any, 3)
    case 24: return random.pick(["x = 1; y = 2", "global zz", "import math as mm", "from re import sub as q1"])
    case 25: return "\(name(.any)): int = \(expression(.any, 1))"
    case 26: return "n = (q := \(expression(.any, 1))) if \(expression(.bool, 1)) else 0"
    case 27: return "print(f'\(format())')"
    case 28: return "x = it = g(\(expression(.any, 1)))"
    case 29: return "list(g(1)) == [*g(2)]"
    case 30: return indentation == 0 ? random.pick(["%time x", "x?", "%who"]) : "pass"
    default: return expression(random.pick(Sort.allCases), 4)
    }
  }

  /// What stands between the quotes of an f-string.
  mutating func format() -> String {
    var result = ""
    for _ in 0..<(1 + random.below(3)) {
      result += random.pick(["", "a", "{{", "é", "}}", "\\n"])
      let inner = random.pick(["n", "f", "l", "s", "o", "d", "t", "e", "b", "n1", "len(l)", "fn"])
      result += "{" + inner
      if random.oneIn(4) { result += "=" }
      if random.oneIn(3) { result += random.pick(["!r", "!s", "!a"]) }
      if random.oneIn(2) { result += ":" + formatSpec() }
      result += "}"
    }
    return result
  }

  mutating func formatSpec() -> String {
    var spec = ""
    if random.oneIn(4) { spec += random.pick(["*<", "é^", ">", "0=", "<", "=", "^"]) }
    if random.oneIn(4) { spec += random.pick(["+", "-", " "]) }
    if random.oneIn(6) { spec += "#" }
    if random.oneIn(6) { spec += "0" }
    if random.oneIn(2) { spec += random.pick(["5", "10", "{n}", "{n1}", "99999999999", "1", "{o}"]) }
    if random.oneIn(6) { spec += random.pick([",", "_"]) }
    if random.oneIn(3) { spec += random.pick([".2", ".0", ".{n}", ".99999999999", ".20", "."]) }
    if random.oneIn(2) {
      spec += random.pick(["d", "f", "g", "e", "x", "b", "o", "s", "%", "c", "n", "X", "E", "G", "q"])
    }
    return spec
  }

  private mutating func body(depth: Int) {
    block { grammar in
      for _ in 0..<(1 + grammar.random.below(3)) { grammar.statement(depth: depth) }
    }
  }

  private mutating func compound(depth: Int) {
    let savedLoop = inLoop
    defer { inLoop = savedLoop }
    switch random.below(13) {
    case 0, 1:
      line("if \(expression(.any, 2)):")
      body(depth: depth)
      if random.oneIn(2) {
        line("elif \(expression(.bool, 2)):")
        body(depth: depth)
      }
      if random.oneIn(2) {
        line("else:")
        body(depth: depth)
      }
    case 2, 3, 4:
      let loopTarget = random.pick(["q", "q, r", "n", "(q, *r)", "l[0]", "o.x", "d[n]", "s"])
      line("for \(loopTarget) in \(expression(random.pick([.list, .iterator, .dict, .set, .string, .any]), 2)):")
      inLoop = true
      body(depth: depth)
      inLoop = savedLoop
      if random.oneIn(4) {
        line("else:")
        body(depth: depth)
      }
    case 5:
      line("while \(expression(.any, 2)):")
      inLoop = true
      body(depth: depth)
      block { $0.line("break") }
    case 6, 7:
      line("try:")
      body(depth: depth)
      let shape = random.below(4)
      if shape != 3 {
        line(
          random.pick([
            "except \(random.pick(Self.exceptions)) as x:", "except (KeyError, ValueError):", "except:",
            "except \(expression(.any, 1)):",
          ]))
        body(depth: depth)
        if shape == 1 {
          line("else:")
          body(depth: depth)
        }
      }
      if shape > 1 {
        line("finally:")
        body(depth: depth)
      }
    case 8:
      line("with \(random.pick(["o", "C()", "contextlib.suppress(Exception)", "C() as q", "o as l[0], o as n", "contextlib.redirect_stdout(io.StringIO()) as q", "contextlib.closing(o)"])):")
      body(depth: depth)
    case 9, 10:
      let saved = (inFunction, inGenerator)
      (inFunction, inGenerator, inLoop) = (true, false, false)
      if random.oneIn(4) {
        line("@\(random.pick(["functools.lru_cache(maxsize=3)", "functools.wraps(fn)", "fn", "contextlib.contextmanager", "functools.cache", "C"]))")
      }
      let parameters = random.pick([
        "*a, **k", "a=l, *b", "a, b=1, /, c=2, *, d=3", "self=None", "", "*, a=[]", "a, *b, c=1, **e",
      ])
      line("def fn(\(parameters)):")
      block { grammar in
        if grammar.random.oneIn(3) { grammar.line("global \(grammar.random.pick(["l", "d", "n", "it"]))") }
        grammar.statement(depth: depth)
        if grammar.random.oneIn(3) {
          grammar.line("def inner(z=1):")
          grammar.block { inner in
            if inner.random.oneIn(2) { inner.line("return fn(z)") } else { inner.statement(depth: 0) }
          }
          grammar.line("inner()")
        }
        grammar.line("return \(grammar.expression(.any, 2))")
      }
      (inFunction, inGenerator) = saved
      line("try: fn(\(expression(.any, 1)))")
      line("except Exception: pass")
    case 11: generator("g")
    default: hostileClass(random.pick(["C", "D"]), base: random.oneIn(3) ? random.pick(["C", "Exception", "object", "Enum", "dict", "int"]) : nil)
    }
  }
}
