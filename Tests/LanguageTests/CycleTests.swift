import Syntax
import TestSupport
import Testing

@testable import Language

/// A session that programs of a test run in, one after the other.
private final class CycleSession {
  let host = CollectingHost()
  let machine: Machine
  init() throws { machine = try Machine(host: host) }

  var collector: CycleCollector { machine.collector }

  @discardableResult
  func run(_ text: String) throws -> Value {
    do throws(Raise) {
      return try machine.run(text, name: "<test>")
    } catch {
      let exception = machine.materialize(error)
      Issue.record("\(exception.type.name): \(machine.message(of: exception))")
      throw error
    }
  }

  /// The tracked objects that a program leaves behind after a collection, beyond those that were
  /// there before; the program runs twice first, so that types and caches exist.
  func leftovers(of program: String) throws -> Int {
    for _ in 0..<2 { try run(program) }
    collector.collect()
    let before = collector.trackedCount
    try run(program)
    collector.collect()
    return collector.trackedCount - before
  }
}

/// Cycles of objects that nothing holds are freed, whatever they go through.
@Suite struct CycleTests {
  /// Programs that leave cycles behind, by what the cycle goes through.
  private static let cycles: [(name: String, program: String)] = [
    ("list", "a = []\na.append(a)\ndel a"),
    ("dict value", "d = {}\nd['d'] = d\ndel d"),
    ("tuple", "l = []\nt = (l, 1)\nl.append(t)\ndel l, t"),
    ("set", "class S:\n  pass\ns = S()\ns.all = {s}\ndel s, S"),
    ("frozen set", "class S:\n  pass\ns = S()\ns.all = frozenset([s])\ndel s, S"),
    ("dict key", "class K:\n  pass\nk = K()\nk.index = {k: 1}\ndel k, K"),
    ("instance", "class A:\n  pass\na = A()\na.me = a\ndel a, A"),
    ("two instances", "class A:\n  pass\na = A()\nb = A()\na.other = b\nb.other = a\ndel a, b, A"),
    ("bound method", "class A:\n  def f(self): pass\na = A()\na.callback = a.f\ndel a, A"),
    ("built-in method", "l = []\nl.append(l.append)\ndel l"),
    (
      "closure",
      "def outer():\n  def inner(n):\n    return inner(n - 1) if n else 0\n  return inner\n"
        + "outer()(3)\ndel outer"
    ),
    ("default", "def make():\n  l = []\n  def f(x=l): return x\n  l.append(f)\nmake()\ndel make"),
    (
      "keyword default",
      "def make():\n  l = []\n  def f(*, x=l): return x\n  l.append(f)\nmake()\ndel make"
    ),
    ("function attribute", "def f(): pass\nf.me = f\ndel f"),
    ("lambda in dict", "def make():\n  d = {}\n  d['f'] = lambda: d\nmake()\ndel make"),
    ("list iterator", "l = []\nl.append(iter(l))\ndel l"),
    ("tuple iterator", "l = []\nt = (l,)\nl.append(iter(t))\ndel l, t"),
    ("dict iterator", "d = {}\nd[1] = iter(d)\ndel d"),
    ("dict view", "d = {}\nd[1] = d.values()\ndel d"),
    ("set iterator", "class A:\n  pass\na = A()\na.i = iter({a})\ndel a, A"),
    (
      "suspended generator",
      "def g(box):\n  yield 1\n  yield box\nbox = []\nbox.append(g(box))\nnext(box[0])\ndel g, box"
    ),
    ("new generator", "def g(box):\n  yield box\nbox = []\nbox.append(g(box))\ndel g, box"),
    (
      "generator of a method",
      "class A:\n  def walk(self):\n    yield self\n    yield 2\n"
        + "a = A()\na.w = a.walk()\nnext(a.w)\ndel a, A"
    ),
    (
      "exception with context",
      "try:\n  try:\n    1 / 0\n  except ZeroDivisionError as e:\n    saved = [e]\n    e.box = saved\n"
        + "    raise ValueError('x') from e\nexcept ValueError as f:\n  f.again = f\ndel saved"
    ),
    ("enumerate", "l = []\nl.append(enumerate(l))\ndel l"),
    ("zip", "l = []\nl.append(zip(l, l))\ndel l"),
    ("exception argument", "l = []\nl.append(ValueError(l))\ndel l"),
    ("type", "class A:\n  pass\nA.me = A\ndel A"),
    ("type and instance", "class A:\n  pass\nA.one = A()\ndel A"),
    (
      "class with super",
      "class A:\n  def __init__(self):\n    super().__init__()\n  def f(self):\n    return self.f\n"
        + "a = A()\na.f()\ndel a, A"
    ),
    (
      "method that calls itself",
      "class T:\n  def __init__(self, n):\n    self.n = n\n  def walk(self):\n"
        + "    return T(self.n - 1).walk() if self.n else 0\nT(3).walk()\ndel T"
    ),
    (
      "derived classes",
      "class A:\n  pass\nclass B(A):\n  parent = A\nA.child = B\ndel A, B"
    ),
    (
      "property",
      "class A:\n  @property\n  def p(self): return self\n  @staticmethod\n  def s(): pass\n"
        + "  @classmethod\n  def c(cls): return cls\na = A()\na.p, a.s(), a.c()\na.a = a\nA.x = A.p\ndel a, A"
    ),
    (
      "local class",
      "def make():\n  class L:\n    def me(self): return L\n  return L()\nmake().me()\ndel make"
    ),
    (
      "linked list",
      "class N:\n  pass\nfirst = N()\nlast = first\nfor i in range(200):\n  n = N()\n  n.prev = last\n"
        + "  last.next = n\n  last = n\ndel first, last, n, N, i"
    ),
    (
      "tree with parents",
      "class T:\n  def __init__(self, parent, depth):\n    self.parent = parent\n"
        + "    self.children = [T(self, depth - 1) for _ in range(2)] if depth else []\n"
        + "T(None, 6)\ndel T"
    ),
    ("deque", "from collections import deque\nd = deque()\nd.append(d)\ndel d"),
    ("defaultdict", "from collections import defaultdict\nd = defaultdict(list)\nd[1].append(d)\ndel d"),
    ("partial", "from functools import partial\nl = []\nl.append(partial(len, l))\ndel l"),
    (
      "lru_cache",
      "from functools import lru_cache\ndef make():\n  @lru_cache\n  def fib(n):\n"
        + "    return n if n < 2 else fib(n - 1) + fib(n - 2)\n  return fib(10)\nmake()\ndel make"
    ),
    (
      "named tuple",
      "from collections import namedtuple\nP = namedtuple('P', 'x y')\nl = []\nl.append(P(l, 1))\n"
        + "P._make([1, 2])\nP.me = P\ndel P, l"
    ),
    (
      "data class",
      "from dataclasses import dataclass\n@dataclass(order=True, frozen=True)\nclass D:\n  x: int\n"
        + "  y: list\nD(1, []) < D(2, [])\nD.me = D(1, [])\ndel D"
    ),
    (
      "enumeration",
      "from enum import Enum\nclass C(Enum):\n  RED = 1\n  BLUE = 2\nC.RED.value, C(2)\ndel C"
    ),
    (
      "context manager",
      "from contextlib import contextmanager, ExitStack\n@contextmanager\ndef c(box):\n  yield box\n"
        + "box = []\nm = c(box)\nm.__enter__()\nbox.append(m)\ns = ExitStack()\ns.callback(print, s)\n"
        + "del c, box, m, s"
    ),
  ]

  @Test(arguments: cycles.map(\.name))
  func aCycleIsFreed(_ name: String) throws {
    let program = try #require(CycleTests.cycles.first { $0.name == name }?.program)
    try onBigStack {
      let session = try CycleSession()
      let left = try session.leftovers(of: program)
      #expect(left == 0, "\(name)")
      #expect(!session.collector.isInconsistent)
    }
  }

  /// What a collection must leave alone: held by a global, and used after it.
  @Test(arguments: cycles.map(\.name))
  func nothingInUseIsFreed(_ name: String) throws {
    // Everything that the programs delete stays.
    let program = try #require(CycleTests.cycles.first { $0.name == name }?.program)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("del ") }.joined(separator: "\n")
    try onBigStack {
      let session = try CycleSession()
      try session.run(program)
      session.collector.collect()
      let alive = session.collector.trackedCount
      #expect(session.collector.collect() == 0)
      // The program again, over what the collection left.
      try session.run(program)
      #expect(session.collector.trackedCount >= alive)
      #expect(!session.collector.isInconsistent)
    }
  }

  /// What calls leave in registers that later calls write over: each is released.
  @Test(arguments: [
    "callee()", "callee(x=3)", "callee(*[1])", "callee(**{'x': 2})", "A().m()", "A(x=2).m(y=3)",
    "for v in gen(): fill(1)", "sorted([3, 1, 2], key=lambda v: -v)", "print(end='')",
    "sorted([1], reverse=True)", "r.randrange(4)", "r.randrange(1, stop=4)", "[w for w in [1, 2]]",
    "f'{fill(1)} {callee(x=1)!r:>10}'", "max([1], key=callee, default=2)", "'{} {x}'.format(1, x=[2])",
    "dict(a=[1], b=[2])", "list(map(callee, [1, 2]))", "next(gen())", "next(iter([]), None)",
  ])
  func callsLeaveNothingBehind(_ statement: String) throws {
    let program = """
      from random import Random
      r = Random(1)
      def callee(x=1, *, k=2):
        p = q = s = t = 4
        return p
      class A:
        def __init__(self, x=1): self.x = x
        def m(self, y=2):
          a = b = 3
          return a
      def gen():
        a = b = 1
        yield a
        yield b
      def fill(i): return (1, [i], [i], [i], {1: [i]}, [[i], [i]])
      def test():
        for i in range(50):
          filled = (1, [i], [i], [i], {1: [i]}, fill(i))
          \(statement)
          filled = (1, [i], [[i], [i], fill(i)])
      test()
      """
    try onBigStack {
      let session = try CycleSession()
      let left = try session.leftovers(of: program)
      #expect(left == 0)
    }
  }

  /// What compiling a cell needs is gone when it is compiled.
  @Test func scopesDoNotOutliveTheirCompilation() throws {
    weak var module: Scope?
    weak var inner: Scope?
    do {
      let text = "def f(x):\n  return [x + y for y in range(3)]\nclass A:\n  def g(self): return self"
      let scope = try ScopeCollector.collect(Syntax.parse(Source(name: "<test>", text: text)))
      module = scope
      inner = scope.children.first?.children.first
      #expect(inner?.parent?.parent === scope)
    }
    #expect(module == nil)
    #expect(inner == nil)
  }

  @Test func countsAreReliableHere() {
    #expect(ReferenceCount.isReliable)
  }

  @Test func collectGivesTheNumberOfUnreachableObjects() throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run("import gc\ngc.collect()\na = []\na.append(a)\ndel a\nprint(gc.collect(), gc.collect())")
      #expect(session.host.output == "1 0\n")
    }
  }

  @Test func theModuleSwitchesTheCollector() throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run(
        """
        import gc
        print(gc.isenabled())
        gc.disable()
        print(gc.isenabled())
        gc.set_threshold(5000)
        print(gc.isenabled(), gc.get_threshold())
        print(gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked((1, 'a')), gc.is_tracked(([],)))
        print(gc.get_count()[0] > 0, gc.get_stats()[0]['uncollectable'])
        try:
          gc.collect(3)
        except ValueError as e:
          print(e)
        try:
          gc.set_threshold(-1)
        except ValueError as e:
          print(e)
        """)
      #expect(
        session.host.output == """
          True
          False
          True (5000, 0, 0)
          True False False True
          True 0
          invalid generation
          set_threshold(): a number of objects is at least 0, got -1

          """)
    }
  }

  /// Millions of objects in cycles: their number stays below what is allowed before a collection.
  @Test func aLoopThatMakesCyclesStaysFlat() throws {
    try onBigStack {
      let session = try CycleSession()
      session.collector.threshold = 20_000
      let program =
        """
        class Node:
          def __init__(self):
            self.me = self
            self.data = [self, {'node': self}]
        for _ in range(100_000):
          Node()
        """
      try session.run(program)
      #expect(session.collector.trackedCount < 60_000)
      #expect(session.collector.statistics.collections >= 5)
      #expect(session.collector.statistics.freed > 200_000)
    }
  }

  @Test func aDisabledCollectorWaits() throws {
    try onBigStack {
      let session = try CycleSession()
      session.collector.threshold = 5_000
      try session.run("import gc\ngc.disable()\nfor _ in range(30_000):\n  l = []\n  l.append(l)")
      #expect(session.collector.statistics.collections == 0)
      #expect(session.collector.trackedCount > 29_000)
      try session.run("print(gc.collect() > 29_000)")
      #expect(session.host.output == "True\n")
    }
  }

  @Test func aSortKeyThatMakesCyclesIsSafe() throws {
    try onBigStack {
      let session = try CycleSession()
      session.collector.threshold = 5_000
      try session.run(
        """
        class Node:
          def __init__(self, n):
            self.n = n
            self.me = self
        def key(item):
          trash = [Node(item[0]), Node(item[0])]
          trash.append(trash)
          return trash[0].n
        items = [[(i * 7919) % 20_000, Node(i)] for i in range(20_000)]
        items.sort(key=key)
        print([item[0] for item in items] == list(range(20_000)))
        print(all(item[1].me is item[1] for item in items))
        print(sum(map(lambda item: key(item), items)))
        """)
      #expect(session.host.output == "True\nTrue\n199990000\n")
      #expect(session.collector.statistics.collections > 3)
    }
  }

  /// A hundred thousand nodes in one chain: freeing them may not recurse.
  @Test func aLongChainIsFreedWithoutDeepStacks() throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run(
        """
        import gc
        class N:
          pass
        first = last = N()
        for i in range(100_000):
          n = N()
          n.prev = last
          last.next = n
          last = n
        last.next = first
        del first, last, n
        """)
      // In a program of its own: registers of the first may still hold the chain's ends.
      try session.run("print(gc.collect() >= 100_000)")
      #expect(session.host.output == "True\n")
    }
  }

  @Test func resetFreesEverything() throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run("pass")
      session.machine.reset()
      let before = session.collector.trackedCount
      try session.run(
        """
        class Node:
          def __init__(self): self.me = self
        nodes = [Node() for _ in range(1000)]
        def f(): return f
        """)
      session.machine.reset()
      #expect(session.collector.trackedCount <= before + 10)
    }
  }

  /// Values may outlive their machine.
  @Test func valuesSurviveTheirMachine() throws {
    try onBigStack {
      var kept: Value = .none
      do {
        let session = try CycleSession()
        kept = try session.run("l = [[1, 2], {'a': 3}]\nl.append(l)\nl")
      }
      #expect(kept.asList?.count == 3)
      #expect(kept.asList?[0].asList?.count == 2)
      _ = kept.asList?.takeAll()
    }
  }

  @Test func anInterruptEndsALongCollection() throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run("l = [[i] for i in range(200_000)]")
      session.machine.interrupt.request()
      #expect(session.collector.collect() == 0)
      session.machine.interrupt.clear()
      #expect(try session.run("len(l)").asInt == 200_000)
    }
  }
}

/// Random graphs: what can be reached from a global is intact after a collection, everything else is
/// gone.
@Suite struct RandomGraphTests {
  @Test(arguments: 1...12)
  func exactlyTheReachableSurvives(_ seed: Int) throws {
    try onBigStack {
      let session = try CycleSession()
      try session.run(
        """
        import gc
        from random import Random
        from collections import deque
        from functools import partial
        class Node:
          def __init__(self, number): self.number = number
          def method(self): return self
        def cell(number, content):
          def read(): return content
          read.number = number
          read.refs = content
          return read
        def walk(number, refs):
          yield number
          yield refs
        def make(kind, number):
          refs = []
          if kind == 0: obj = [number, refs]
          elif kind == 1: obj = {'number': number, 'refs': refs}
          elif kind == 2: obj = (number, refs)
          elif kind == 3:
            obj = Node(number)
            obj.refs = refs
          elif kind == 4: obj = cell(number, refs)
          elif kind == 5:
            obj = walk(number, refs)
            next(obj)
          elif kind == 6:
            node = Node(number)
            node.refs = refs
            obj = node.method
          elif kind == 7: obj = deque([number, refs])
          elif kind == 8: obj = ValueError(number, refs)
          else: obj = partial(print, number, refs)
          return obj, refs
        def graph(seed, size):
          r = Random(seed)
          made = [make(r.randrange(10), i) for i in range(size)]
          edges = [[] for _ in range(size)]
          for _ in range(size * 2):
            a, b = r.randrange(size), r.randrange(size)
            made[a][1].append((b, made[b][0]))
            edges[a].append(b)
          keep = [r.randrange(size) for _ in range(r.randrange(4))]
          return {i: made[i][0] for i in keep}, edges, made if seed % 5 == 0 else None
        def refs_of(kind_obj):
          o = kind_obj
          if isinstance(o, (list, tuple, deque)): return o[0], o[1]
          if isinstance(o, dict): return o['number'], o['refs']
          if isinstance(o, Node): return o.number, o.refs
          if isinstance(o, ValueError): return o.args
          if isinstance(o, partial): return o.args
          if hasattr(o, '__self__'): return o.__self__.number, o.__self__.refs
          if hasattr(o, 'refs'): return o.number, o.refs
          return None, None
        def check(roots, edges):
          seen = {}
          work = list(roots.items())
          while work:
            number, obj = work.pop()
            if number in seen:
              assert seen[number] is obj or hasattr(obj, '__self__')
              continue
            seen[number] = obj
            found, refs = refs_of(obj)
            if refs is None: continue
            assert found == number
            assert [b for b, _ in refs] == edges[number], (number, refs)
            work.extend(refs)
          return len(seen)
        """)
      // Sizes and seeds of its own for each round; the tracked count returns to where it was.
      try session.run("roots, edges, made = graph(\(seed), 50)\ncheck(roots, edges)\nroots = edges = made = None")
      session.collector.collect()
      let empty = session.collector.trackedCount
      for round in 0..<6 {
        try session.run("roots, edges, made = graph(\(seed * 100 + round), \(40 + 60 * round))\ncount = check(roots, edges)")
        session.collector.collect()
        try session.run("assert check(roots, edges) == count")
        #expect(session.collector.collect() == 0)
        try session.run("roots = edges = made = None")
        session.collector.collect()
        #expect(abs(session.collector.trackedCount - empty) <= 3)
        #expect(!session.collector.isInconsistent)
      }
    }
  }
}
