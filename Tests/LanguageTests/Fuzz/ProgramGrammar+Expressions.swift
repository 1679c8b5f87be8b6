import TestSupport

extension ProgramGrammar {
  /// A variable of a sort.
  mutating func name(_ sort: Sort) -> String {
    switch sort {
    case .int: random.pick(["n", "n1", "n2"])
    case .float: random.pick(["f", "f1"])
    case .string: random.pick(["s", "s1", "s2"])
    case .bytes: "b"
    case .list: random.pick(["l", "l1"])
    case .tuple: "t"
    case .dict: random.pick(["d", "d1"])
    case .set: "e"
    case .function: random.pick(["fn", "g", "C", "o"])
    case .iterator: "it"
    case .object: "o"
    case .type: "C"
    case .bool: "n"
    case .any: random.pick(["n", "f", "s", "b", "l", "t", "d", "e", "fn", "it", "o", "l1", "x", "q"])
    }
  }

  private static let integers = [
    "0", "1", "-1", "2", "3", "7", "10", "255", "256", "-256", "1000", "65536", "2**31", "-2**31",
    "2**62", "2**63-1", "-2**63", "2**63", "2**64", "10**20", "-10**30", "1<<200", "10**400",
    "123456789012345678901234567890", "True", "0x1F", "0b101", "1_000",
  ]
  private static let floats = [
    "0.0", "-0.0", "1.0", "0.1", "1e308", "-1e308", "1e-320", "float('inf')", "float('-inf')",
    "float('nan')", "2.5", "3.14159", "1e16", "123456.789", "9007199254740993.0", "-1.5", "1e22",
  ]
  private static let strings = [
    "''", "'a'", "'abc'", "'é'", "'\\u0301e'", "'😀x'", "'a,b,c'", "'  x '", "'{}'", "'{0} {1!r:>10}'",
    "'%s %d'", "'%(a)s'", "'\\x00'", "'ß'", "'İ'", "'ǆ'", "'12'", "'-1.5e3'", "'[1, 2]'", "'{\"a\": 1}'",
    "'a\\nb\\r\\nc'", "'(a|b)*c'", "'(?P<x>\\\\w+)\\\\1?'", "'[^a-z]+'", "'x' * 50", "'\\U0010FFFF'",
    "'日本語'", "'aaaaaaaaaaaaaaaaaaaaaaaa'", "'(a*)*b'", "'A-B_c'", "'0b101'", "'\\t'", "'٣'", "'½'",
  ]

  mutating func literal(_ sort: Sort) -> String {
    switch sort {
    case .int: return random.pick(Self.integers)
    case .float: return random.pick(Self.floats)
    case .string: return random.pick(Self.strings)
    case .bytes: return random.pick(["b''", "b'abc'", "b'\\xff\\x00'", "b'a b c'", "bytes(5)", "b'12'"])
    case .list:
      return random.pick([
        "[]", "[1, 2, 3]", "[3, 1, 2]", "['b', 'a']", "[1, 'a', None]", "list(range(20))",
        "[[1], [2, [3]]]", "[1.5, float('nan'), 2]", "[(1, 2), (0, 3)]", "[True, 1, 1.0]",
        "[10**30, -5]", "['a'] * 5", "[[]] * 3", "['abc', 'é', '']",
      ])
    case .tuple: return random.pick(["()", "(1,)", "(1, 2)", "(1, 'a', 2.5)", "((1, 2), 3)", "(1, 2, 3)"])
    case .dict:
      return random.pick([
        "{}", "{1: 2}", "{'a': 1, 'b': 2}", "{n: n for n in range(10)}", "{(1, 2): [3]}",
        "{1: 'x', 1.0: 'y', True: 'z'}", "{None: {}}", "{'x': {'y': [1]}}",
      ])
    case .set: return random.pick(["set()", "{1, 2, 3}", "{'a', 'b'}", "frozenset([1, 2])", "set(range(30))"])
    case .function:
      return random.pick([
        "len", "str", "repr", "int", "sorted", "abs", "(lambda x: x)", "(lambda x: -x)", "(lambda *a: a)",
        "(lambda x: l.clear())", "(lambda x: 1 / 0)", "hash", "iter", "(lambda x, y: x + y)", "print",
        "functools.partial(print, 1)", "(lambda x: (l.append(x), d.clear()))", "max", "type", "o", "C",
        "operator.itemgetter(0)", "operator.attrgetter('x')", "(lambda x: fn(x))",
      ])
    case .iterator:
      return random.pick([
        "iter(l)", "(i for i in l)", "zip(l, s)", "map(fn, l)", "enumerate(s)", "reversed(l)", "g(1)",
        "iter(d)", "d.items()", "filter(None, l)", "itertools.count()", "itertools.cycle(l)",
        "iter(fn, 1)", "(l.pop() for _ in l)", "range(10**12)", "d.keys()", "iter(o)", "range(5)",
      ])
    case .object: return random.pick(["o", "C()", "C(1)", "object()", "Exception(1)", "C", "ValueError('é')"])
    case .type: return random.pick(["int", "str", "list", "C", "dict", "type(o)", "Exception", "object", "(int, (str, (C,)))"])
    case .bool: return random.pick(["True", "False", "(n > 1)", "(not l)", "(s == s1)"])
    case .any: return literal(Sort.allCases[random.below(Sort.allCases.count - 1)])
    }
  }

  mutating func slice() -> String {
    let bounds = ["", "0", "1", "-1", "n", "2", "10**20", "-10**20", "None", "o", "2**63-1", "-2**63"]
    let steps = ["", "", "", ":", ":2", ":-1", ":n", ":0", ":-2**63", ":2**63-1", ":-3"]
    return "\(random.pick(bounds)):\(random.pick(bounds))\(random.pick(steps))"
  }

  private static let binary = [
    "+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>", "@", "and", "or", "==", "!=",
    "<", ">", "<=", ">=", "in", "not in", "is", "is not",
  ]

  /// An expression that mostly gives a value of the sort.
  mutating func expression(_ sort: Sort, _ depth: Int) -> String {
    // Now and then something of another sort: that is where the checks are.
    let sort = random.oneIn(12) ? random.pick(Sort.allCases) : sort
    if depth <= 0 { return random.oneIn(3) ? literal(sort) : name(sort) }
    let inner = depth - 1
    switch random.below(20) {
    case 0, 1: return literal(sort)
    case 2, 3: return name(sort)
    case 4, 5, 6: return methodCall(sort, inner)
    case 7, 8: return moduleCall(inner)
    case 9, 10: return builtinCall(inner)
    case 11, 12:
      return "(\(expression(sort, inner)) \(random.pick(Self.binary)) \(expression(random.oneIn(2) ? sort : .any, inner)))"
    case 13: return conversion(sort, inner)
    case 14: return "\(name(.any))[\(random.oneIn(2) ? slice() : expression(.any, inner))]"
    case 15: return comprehension(sort, inner)
    case 16: return "(\(expression(sort, inner)) if \(expression(.bool, inner)) else \(expression(sort, inner)))"
    case 17: return special(inner)
    case 18: return "(\(random.pick(["-", "+", "~", "not "]))\(expression(sort, inner)))"
    default: return display(sort, inner)
    }
  }

  private mutating func conversion(_ sort: Sort, _ depth: Int) -> String {
    switch sort {
    case .int: "int(\(expression(.string, depth)))"
    case .float: "float(\(expression(.int, depth)))"
    case .string: random.oneIn(2) ? "f'\(format())'" : "str(\(expression(.any, depth)))"
    case .bytes: "bytes(\(expression(.list, depth)))"
    case .list: "list(\(expression(.iterator, depth)))[:50]"
    case .tuple: "tuple(\(expression(.list, depth)))"
    case .dict: "dict(\(expression(.dict, depth)))"
    case .set: "set(\(expression(.list, depth)))"
    case .function: "functools.partial(\(expression(.function, depth)), \(expression(.any, depth)))"
    case .iterator: "iter(\(expression(.list, depth)))"
    case .type: "type(\(expression(.any, depth)))"
    case .bool: "bool(\(expression(.any, depth)))"
    case .object, .any: "copy.\(random.pick(["copy", "deepcopy"]))(\(expression(.any, depth)))"
    }
  }

  private mutating func display(_ sort: Sort, _ depth: Int) -> String {
    let a = expression(.any, depth)
    let b = expression(.any, depth)
    switch sort {
    case .list: return "[\(a), *\(expression(.list, depth)), \(b)]"
    case .tuple: return "(\(a), \(b))"
    case .dict: return "{\(a): \(b), **\(expression(.dict, depth))}"
    case .set: return "{\(a), \(b)}"
    case .string: return "(\(expression(.string, depth)) % \(random.pick(["(\(a), \(b))", a, "d"])))"
    case .function: return "(lambda x=\(a), *y: \(b))"
    default: return "[\(a), \(b)][\(expression(.int, depth))]"
    }
  }

  private mutating func comprehension(_ sort: Sort, _ depth: Int) -> String {
    let item = expression(.any, depth)
    let source = random.oneIn(2) ? "range(\(random.below(8)))" : expression(.list, depth)
    let tail = random.oneIn(3) ? " if \(expression(.bool, depth))" : ""
    let second = random.oneIn(4) ? " for y in \(expression(.list, 0))[:5]" : ""
    let clause = "for x in \(source)\(second)\(tail)"
    switch sort {
    case .dict: return "{\(expression(.any, 0)): \(item) \(clause)}"
    case .set: return "{\(item) \(clause)}"
    case .iterator: return "(\(item) \(clause))"
    default: return "[\(item) \(clause)]"
    }
  }

  private mutating func special(_ depth: Int) -> String {
    switch random.below(12) {
    case 0: "next(\(expression(.iterator, depth)), None)"
    case 1: "sorted(\(expression(.list, depth)), key=\(expression(.function, depth)))"
    case 2: "max(\(expression(.list, depth)), key=\(expression(.function, depth)), default=0)"
    case 3: "sum(\(expression(.list, depth)), \(expression(.any, depth)))"
    case 4: "re.sub(\(expression(.string, depth)), \(expression(.function, depth)), \(expression(.string, depth)))"
    case 5: "json.loads(json.dumps(\(expression(.any, depth))))"
    case 6: "list(itertools.islice(\(expression(.iterator, depth)), 5))"
    case 7: "\(expression(.string, depth)).join(\(expression(.list, depth)))"
    case 8: "'\(formatSpec())'.format(\(expression(.any, depth)))"
    case 9: "format(\(expression(.any, depth)), '\(formatSpec())')"
    case 10: "getattr(\(expression(.any, depth)), \(random.pick(["'x'", "'__class__'", "'__dict__'", "s", "'__init__'", "'__name__'"])), 1)"
    default: "\(expression(.function, depth))(\(arguments(depth)))"
    }
  }

  private mutating func arguments(_ depth: Int) -> String {
    var list: [String] = []
    for _ in 0..<random.below(3) { list.append(expression(.any, depth)) }
    if random.oneIn(6) { list.append("*\(expression(.list, depth))") }
    if random.oneIn(8) { list.append("key=\(expression(.any, depth))") }
    if random.oneIn(8) { list.append("**\(expression(.dict, depth))") }
    return list.joined(separator: ", ")
  }

  private mutating func arguments(of row: Vocabulary.Callable, _ depth: Int) -> String {
    if random.oneIn(10) { return arguments(depth) }
    var list: [String] = []
    for parameter in row.parameters {
      if parameter.isOptional, random.oneIn(2) {
        if random.oneIn(3) { list.append("\(parameter.name)=\(expression(parameter.sort, depth))") }
        break
      }
      let value = expression(parameter.sort, depth)
      list.append(parameter.isKeyword ? "\(parameter.name)=\(value)" : value)
    }
    return list.joined(separator: ", ")
  }

  private mutating func methodCall(_ sort: Sort, _ depth: Int) -> String {
    let family = random.pick(vocabulary.methods)
    guard !family.rows.isEmpty else { return name(sort) }
    let row = random.pick(family.rows)
    let receiver = random.oneIn(3) ? expression(family.sort, depth) : name(family.sort)
    // Only names and brackets can stand before a dot as they are.
    let isAtom = receiver.first.map { $0.isLetter || $0 == "(" || $0 == "[" } ?? false
    let isBare = isAtom && !receiver.hasPrefix("lambda")
    return "\(isBare ? receiver : "(\(receiver))").\(row.name)(\(arguments(of: row, depth)))"
  }

  private mutating func moduleCall(_ depth: Int) -> String {
    let module = random.pick(vocabulary.modules)
    guard !module.rows.isEmpty else { return name(.any) }
    let row = random.pick(module.rows)
    let call = "\(module.name).\(row.name)(\(arguments(of: row, depth)))"
    // What makes objects is more interesting with something done to them.
    if random.oneIn(3) {
      return call + random.pick([
        ".pop()", ".update(l)", "[0]", ".append(l)", "(1)", ".items()", ".most_common(2)", ".group()",
        ".findall(s)", ".rotate(n)", "[\(slice())]", "._replace(a=1)", ".write(s)", ".read()",
        ".getvalue()", ".name", ".value", ".maps", ".extendleft(l)", ".sub(s, s1)", ".elements()",
      ])
    }
    return call
  }

  private mutating func builtinCall(_ depth: Int) -> String {
    let row = random.pick(vocabulary.builtins)
    return "\(row.name)(\(arguments(of: row, depth)))"
  }
}
