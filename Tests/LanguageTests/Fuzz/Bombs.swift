import TestSupport

/// Programs that ask for too much: depth, memory, time. A number sign stands for a large number, a
/// tilde for a small one.
enum Bombs {
  static func program(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<(1 + random.below(2)) {
      let body = fill(random.pick(lines), &random)
      if random.oneIn(2) {
        let caught = random.pick(["RecursionError", "MemoryError", "Exception", "BaseException", "ValueError"])
        text += "try:\n  " + body.replacing("\n", with: "\n  ") + "\nexcept \(caught) as x:\n  print(str(x)[:80])\n"
      } else {
        text += body + "\n"
      }
    }
    return text
  }

  private static func fill(_ line: String, _ random: inout SeededGenerator) -> String {
    var result = ""
    for character in line.unicodeScalars {
      switch character {
      case "#":
        result += random.pick([
          "10**9", "10**6", "10**12", "2**31", "2**62", "2**63", "10**20", "10**5", "30000", "-1",
        ])
      case "~": result += String(random.below(40))
      case "§": result += random.pick(nestings)
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  private static let nestings = [
    "[x]", "(x,)", "{1: x}", "[x, x]", "{'a': [x]}", "frozenset([x])", "iter([x])", "map(abs, x)",
    "(y for y in x)", "functools.partial(x)", "C(x)", "zip(x)", "itertools.chain(x)", "collections.deque([x])",
    "reversed([x])", "lambda x=x: x", "C(x).m", "slice(x)", "property(x)", "enumerate(x)", "Exception(x)",
    "collections.ChainMap({1: x})", "collections.defaultdict(int, a=x)", "filter(None, x)", "staticmethod(x)",
    "collections.Counter(a=x)", "itertools.islice(x, 3)", "itertools.tee(x)[0]", "type('T', (), {'a': x})",
    "x.__repr__", "itertools.accumulate(x)", "itertools.cycle(x)", "super(C, C(x))", "{1: x}.items()",
    "itertools.repeat(x)", "map(x, x)", "itertools.groupby(x)", "json.JSONEncoder(default=x)",
    "contextlib.closing(x)", "classmethod(x)", "functools.cache(x)",
  ]

  private static let use = [
    "repr(x)", "x == y", "hash(x)", "str(x)", "json.dumps(x)", "copy.deepcopy(x)", "next(x)", "list(x)",
    "x < y", "isinstance(1, x)", "print(x)", "sorted([x, y])", "'%s' % (x,)", "f'{x!r}'", "x in [y]",
    "del x", "x()", "bool(x)", "len(x)", "set([x])", "iter(x)", "x.a", "copy.copy(x)", "max(x, y)",
  ]

  private static let prelude =
    "import functools, itertools, collections, json, copy, contextlib, random\n"
    + "class C:\n  def __init__(self, x): self.x = x\n  def m(self): return self.x\n"
    + "  def __repr__(self): return repr(self.x)\n"

  private static let lines: [String] =
    use.map { what in
      prelude + "x = y = 1\nfor i in range(~ * 60):\n  x = §\n  y = §\n" + what
    }
    + use.map { what in prelude + "x = y = []\nfor i in range(~ * 60):\n  x = §\n  if ~ < 20: y = x\n" + what }
    + [
      "def f(): return f()\nf()", "def f(n): return n and f(n - 1) + 1\nf(#)",
      "class A:\n  def __repr__(self): return repr(self)\nrepr(A())",
      "class A:\n  def __eq__(self, o): return self == o\nA() == A()",
      "class A:\n  def __hash__(self): return hash(self)\n{A()}",
      "class A:\n  def __getattr__(self, n): return getattr(self, n)\nA().x",
      "class A:\n  def __getattr__(self, n): return self.y\nA().x",
      "class A:\n  def __call__(self, *a): return self(*a)\nA()()",
      "class A:\n  def __add__(self, o): return self + o\n  __radd__ = __add__\n1 + A()",
      "class A:\n  def __lt__(self, o): return sorted([self, o]) and True\nsorted([A(), A()])",
      "class A:\n  def __iter__(self): return iter(self)\nlist(A())",
      "class A:\n  def __len__(self): return len(self)\nlen(A())",
      "class A:\n  def __bool__(self): return bool(self)\nif A(): pass",
      "class A:\n  def __index__(self): return [1][self]\n[1][A()]",
      "class A:\n  def __format__(self, s): return f'{self}'\nf'{A()}'",
      "class A:\n  def __str__(self): return '%s' % self\nstr(A())",
      "class A:\n  def __contains__(self, x): return x in self\n1 in A()",
      "class A:\n  def __getitem__(self, k): return self[k]\nA()[1]",
      "class A:\n  def __enter__(self):\n    with self: pass\n  def __exit__(self, *a): pass\nwith A(): pass",
      "class A:\n  def __init__(self): A()\nA()", "class A:\n  def __new__(cls): return cls()\nA()",
      "class A:\n  def __setattr__(self, n, v): self.x = v\nA().x = 1",
      "class A:\n  @property\n  def p(self): return self.p\nA().p",
      "f = lambda x: max([x, x], key=f)\nf(1)", "f = lambda x: list(map(f, [x]))\nf(1)",
      "f = lambda *x: sorted([2, 1], key=f)\nf()", "f = lambda m: __import__('re').sub('a', f, 'a')\nf(1)",
      "import re\nf = lambda m: re.sub('a', f, 'aa')\nf(1)",
      "import functools\nf = functools.lru_cache()(lambda n: f(n + 1))\nf(0)",
      "import functools\nf = functools.reduce\nf(lambda a, b: f(lambda c, d: a, [1, 2]), range(#))",
      "import functools\np = functools.partial\nf = p(p)\nfor i in range(~ * 300): f = p(f)\nf()",
      "import json\nx = []\nx.append(x)\njson.dumps(x)", "import json\njson.loads('[' * #)",
      "import json\njson.loads('[' * 3000 + ']' * 3000)", "import json\njson.loads('{\"a\":' * 3000)",
      "import json\njson.dumps([1], indent=#)", "import copy\nx = []\nx.append(x)\ncopy.deepcopy(x) == x",
      "def g():\n  yield from g()\nlist(g())", "def g(n):\n  yield n\n  yield from g(n + 1)\nfor i in g(0): pass",
      "def g(x):\n  for i in x: yield i\nx = [1]\nfor i in range(~ * 50): x = g(x)\nlist(x)",
      "x = []\nx.append(x)\nx == x[0]\ny = []\ny.append(y)\nx == y", "d = {}\nd[1] = d\nrepr(d)\nd == {1: d}",
      "[0] * #", "'ab' * #", "b'ab' * #", "(0,) * #", "x = [1]\nx *= #", "bytes(#)", "list(range(#))",
      "tuple(range(#))", "set(range(#))", "dict.fromkeys(range(#))", "1 << #", "2 ** #", "(-3) ** #",
      "10 ** 5000", "str(10 ** 5000)", "int('9' * 5000)", "int('1' * #, 2)", "x = 3 ** 30000\nx * x % 7",
      "x = 7\nfor i in range(~): x = x * x", "x = 'a'\nwhile 1: x += x", "x = [1]\nwhile 1: x += x",
      "x = [1]\nwhile 1: x.extend(x)", "x = {1}\nwhile 1: x |= {len(x)}", "x = (1,)\nwhile 1: x = x + x",
      "x = []\nwhile 1: x.append([x] * 50000)", "x = []\nwhile 1: x = [x, x]", "x = {}\nwhile 1: x = {1: x, 2: dict(x)}",
      "x = b'a'\nwhile 1: x += x", "x = 'a'\nwhile 1: x = x.replace('a', 'aa')", "x = ''\nwhile 1: x = f'{x}{x}a'",
      "x = '%s%s'\nwhile 1: x = x % (x, x)", "x = 'a'\nwhile 1: x = x.join([x, x, x])",
      "'a'.ljust(#)", "'a'.center(#)", "'a'.zfill(#)", "'\\t'.expandtabs(#)", "f'{1:{#}}'", "f'{1.5:.{#}f}'",
      "'%*d' % (#, 1)", "'%.*f' % (#, 1.0)", "'{:{}}'.format(1, #)", "'{:>#}'.format(1)", "format(1, '#')",
      "'%#d' % 1", "'a'.replace('', 'b' * #)", "','.join(['a' * 100000] * #)", "round(1.5, #)",
      "sum(range(#))", "max(range(#))", "min(range(#), key=str)", "any(x < 0 for x in range(#))",
      "all(range(1, #))", "# in range(0, #, 3)", "0.5 in range(#)", "list(zip(range(#), range(#)))",
      "sorted(range(#))", "list(reversed(range(#)))", "list(enumerate(range(#)))", "range(#)[::-1][5:]",
      "import itertools\nlist(itertools.product(range(#), repeat=~))", "import itertools\nsum(itertools.count())",
      "import itertools\nlist(itertools.permutations(range(~)))", "import itertools\nlist(itertools.repeat(1))",
      "import itertools\nlist(itertools.combinations(range(#), ~))", "import itertools\n1 in itertools.cycle([2])",
      "import itertools\nlist(itertools.islice(itertools.count(), #, None))", "import itertools\nitertools.tee([], #)",
      "import collections\ncollections.deque(range(#), maxlen=~)", "import collections\ncollections.deque([1]) * #",
      "import collections\nlist(collections.Counter(a=#).elements())", "import itertools\nmax(itertools.count())",
      "import random\nrandom.sample(range(#), #)", "import random\nrandom.choices([1], k=#)",
      "import random\nrandom.getrandbits(#)", "import random\nrandom.randbytes(#)", "import random\nrandom.randrange(#)",
      "import math\nmath.factorial(#)", "import math\nmath.comb(#, #)", "import math\nmath.perm(#)",
      "import math\nmath.isqrt(10 ** #)", "import math\nmath.prod(range(1, #))", "import math\nmath.gcd(3 ** 9999, 2 ** 9999)",
      "pow(3, #, 7)", "pow(3, 10 ** 500, 10 ** 400 + 1)", "divmod(7 ** 9999, 3 ** 5000)", "hash(2 ** 99999)",
      "import re\nre.match('(a*)*b', 'a' * ~)", "import re\nre.match('(a|aa)+$', 'a' * 40 + 'b')",
      "import re\nre.match('(' * # + ')' * #, '')", "import re\nre.compile('(' * 500 + ')' * 500)",
      "import re\nre.match('a{#}', 'a')", "import re\nre.match('(?:a{1000}){1000}', 'a' * 9999)",
      "import re\nre.match('((((a{100}){100}){100}){100})', 'a')", "import re\nre.sub('', 'x' * #, 'a' * ~)",
      "import re\nre.findall('(a?){~}a{~}', 'a' * 200)", "import re\nre.match('(.*)(.*)(.*)(.*)(.*)x', 'a' * 400)",
      "import re\nre.split('(' * 90 + 'a' + ')' * 90, 'aaaa' * 99)", "import heapq\nheapq.nlargest(#, range(#))",
      "import heapq\nlist(heapq.merge(*[range(#)] * ~))", "import statistics\nstatistics.mean(range(#))",
      "import string\nstring.Template('$a' * 9999).safe_substitute(a='b' * 9999)",
      "import textwrap\ntextwrap.wrap('a ' * 9999, ~)", "import functools\nfunctools.reduce(lambda a, b: a * b, range(1, 9999))",
      "import sys\nsys.setrecursionlimit(#)\ndef f(): return f()\nf()",
      "import sys\nsys.setrecursionlimit(5000)\nclass A:\n  def __eq__(s, o): return s == o\nA() == A()",
      "import sys\nsys.setrecursionlimit(5000)\nclass A:\n  def __repr__(s): return '%r' % s\nrepr(A())",
      "import sys\nsys.setrecursionlimit(5000)\nf = lambda x: sorted([x, x], key=f)\nf(1)",
      "import sys\nsys.setrecursionlimit(5000)\nx = []\nfor i in range(4900): x = [x]\nrepr(x)",
      "x = 1\nfor i in range(3000): x = (int, x)\nisinstance('', x)", "t = ()\nfor i in range(9999): t = (t,)\n'a'.startswith(t)",
      "t = ValueError\nfor i in range(9999): t = (t,)\ntry: 1/0\nexcept t: pass",
      "class A: pass\nfor i in range(~ * 30):\n  class A(A): pass\nA().x", "x = None\nfor i in range(999):\n  try: raise ValueError from x\n  except ValueError as e: x = e",
      "def f():\n  try: f()\n  finally: f()\nf()", "def f():\n  try: return f()\n  except RecursionError: return f()\nf()",
      "while True:\n  try:\n    while True: pass\n  except: pass", "while True:\n  try: [][1]\n  finally: continue",
      "def g():\n  while True:\n    try: yield 1\n    except GeneratorExit: pass\nx = g()\nnext(x)\nx.close()",
      "for x in iter(int, 1): pass", "while 1: pass", "while 1:\n  try: raise ValueError\n  except ValueError: continue",
      "x = iter([])\nwhile next(x, 1): pass", "print('a' * 10**6 * ~)", "while 1: print('x')", "x = [print] * 9999\nfor y in x: y()",
      "class A:\n  def __getitem__(self, i): return i\nlist(A())", "class A:\n  def __getitem__(self, i): return i\n-1 in A()",
      "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\n[*A()]", "class A:\n  def __len__(self): return #\nlen(A())",
      "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\na, *b = A()",
      "class A:\n  def __iter__(self): return self\n  def __next__(self): return 1\ndict(zip(A(), A()))",
      "class A:\n  def __hash__(self): return 1\nx = {A() for i in range(200)}", "x = {}\nfor i in range(#): x[i] = x",
      "x = 'é' * 9999\nfor i in range(len(x)): x[i]", "'a' * 30000 in 'a' * 29999 + 'b' * 30000", "('a' * 3000 + 'b').find('a' * 1500 + 'c')",
      "x = list(range(30000))\nwhile x: x.pop(0)", "x = []\nfor i in range(30000): x.insert(0, i)", "x = list(range(3000))\nfor i in x: x.remove(i)",
      "'x'.__class__.__mro__", "''.join(chr(i) for i in range(#))", "'\\U0010ffff'.join(map(chr, range(0xd700, 0xe000)))",
      "(" + String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 151),
      String(repeating: "[", count: 99) + String(repeating: "]", count: 99),
      String(repeating: "-", count: 300) + "1", "x = " + String(repeating: "1 + ", count: 700) + "1",
      "x = " + String(repeating: "not ", count: 300) + "1", "f = " + String(repeating: "lambda: ", count: 150) + "1\nf()()()",
      "x = 1" + String(repeating: ".real", count: 400), "x = []" + String(repeating: "[0]", count: 400),
      "print(" + String(repeating: "str(", count: 90) + "1" + String(repeating: ")", count: 91),
      (0..<90).map { String(repeating: " ", count: $0) + "if 1:\n" }.joined() + String(repeating: " ", count: 90) + "x = 1",
      (0..<30).map { String(repeating: " ", count: $0) + "for i in range(2):\n" }.joined() + String(repeating: " ", count: 30) + "x = 1",
      (0..<60).map { String(repeating: " ", count: $0) + "try:\n" }.joined() + String(repeating: " ", count: 60) + "x = 1",
      (0..<60).map { String(repeating: " ", count: $0) + "def f\($0)():\n" }.joined() + String(repeating: " ", count: 60) + "x = 1\nf0()",
      (0..<60).map { String(repeating: " ", count: $0) + "class A\($0):\n" }.joined() + String(repeating: " ", count: 60) + "x = 1\nA0.A1",
      (0..<15).map { String(repeating: " ", count: $0) + "try:\n" }.joined() + String(repeating: " ", count: 15) + "x = 1\n"
        + (0..<15).reversed().map { String(repeating: " ", count: $0) + "finally: x = \($0)\n" }.joined(),
      String(repeating: "f'{", count: 60) + "1" + String(repeating: "}'", count: 60),
      "[" + String(repeating: "x for x in [", count: 40) + "1" + String(repeating: "]", count: 41),
      "x = (" + (0..<3000).map { "\($0)," }.joined() + ")", "x = {" + (0..<3000).map { "\($0): 'a'," }.joined() + "}",
      "print(" + (0..<300).map { "a\($0)=1," }.joined() + ")", "def f(" + (0..<300).map { "a\($0)=1," }.joined() + "): return a299\nf()",
      (0..<1500).map { "v\($0) = \($0)" }.joined(separator: "\n"), "def f():\n" + (0..<500).map { "  v\($0) = \($0)\n" }.joined() + "f()",
      "x = " + String(repeating: "9", count: 5000), "x = 0x" + String(repeating: "f", count: 5000) + "\nx * x",
      "x = 1e" + String(repeating: "9", count: 500), "x = '" + String(repeating: "\\u00e9", count: 900) + "'",
      "x = a" + String(repeating: " if 1 else a", count: 100), "x = 1" + String(repeating: " < 2", count: 500),
      "a" + String(repeating: " = a", count: 500) + " = 1", "del " + String(repeating: "(", count: 90) + "x" + String(repeating: ")", count: 90),
      "for " + String(repeating: "(", count: 90) + "x" + String(repeating: ",)", count: 90) + " in []: pass",
    ]
}
