import TestSupport
import Testing

@testable import Language

/// Depth beyond what CPython survives: natives that nest on the native stack, and releases.
@Suite struct DepthTests {
  private static func end(of program: String, stack: Int = 64 << 20) throws -> String {
    try onBigStack(bytes: stack) {
      let machine = try Machine()
      do throws(Raise) {
        _ = try machine.run(program, name: "<test>")
        return "no error"
      } catch {
        let exception = machine.materialize(error)
        machine.reset()
        guard let sum = try? machine.run("sum(range(5))", name: "<after>").asInt, sum == 10 else {
          return "a session that is broken"
        }
        return exception.type.name
      }
    }
  }

  private static let setup = """
    import itertools, functools, collections, copy, json, contextlib, operator
    class C:
      def __init__(self, x): self.x = x
      def m(self): return self.x
    class E(Exception): pass

    """

  @Test(arguments: [
    "x = iter([1])\nfor i in range(60000): x = map(abs, x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = (y for y in x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = zip(x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = enumerate(x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = filter(None, x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = itertools.chain(x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = itertools.islice(x, 3)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = itertools.accumulate(x)\nnext(x)",
    "x = iter([1])\nfor i in range(60000): x = itertools.takewhile(bool, x)\nnext(x)",
    "x = ()\nfor i in range(60000): x = (x,)\nhash(x)",
    "x = y = ()\nfor i in range(60000): x, y = (x,), (y,)\nx == y",
    "x = int\nfor i in range(60000): x = (x,)\nisinstance('', x)",
    "x = ValueError\nfor i in range(60000): x = (x,)\ntry: 1 / 0\nexcept x: pass",
    "x = 1\nfor i in range(60000): x = slice(x)\nrepr(x)",
    "x = 1\nfor i in range(60000): x = slice(x)\ny = 1\nfor i in range(60000): y = slice(y)\nx == y",
    "x = len\nfor i in range(60000): x = functools.partial(functools.partial, x)\nrepr(x)",
    "x = 1\nfor i in range(60000): x = {1: x}.values()\nrepr(x)",
    "x = 1\nfor i in range(60000): x = E(x)\nrepr(x)",
    "x = 1\nfor i in range(60000): x = E(x)\nstr(x)",
    "x = []\nfor i in range(60000): x = collections.deque([x])\nrepr(x)",
    "x = []\nfor i in range(60000): x = collections.deque([x])\ny = []\nfor i in range(60000): y = collections.deque([y])\nx == y",
    "x = 1\nfor i in range(60000): x = {1: x}\ny = 1\nfor i in range(60000): y = {1: y}\nx == y",
    "x = 1\nfor i in range(60000): x = {'a': x}\njson.dumps(x)",
    "x = 1\nfor i in range(60000): x = [x]\ncopy.deepcopy(x)",
    "x = 1\nfor i in range(60000): x = C(x)\ncopy.deepcopy(x)",
    "json.loads('[' * 1000000)", "json.loads('{\"a\": ' * 1000000)",
    "f = lambda: f(*[])\nf()", "f = lambda **k: f(**k)\nf(a=1)",
    "import sys\nsys.setrecursionlimit(20000)\nf = lambda x: sorted([x, x], key=f)\nf(1)",
    "import sys\nsys.setrecursionlimit(20000)\nC.__repr__ = lambda s: repr(s)\nrepr(C(1))",
    "import sys\nsys.setrecursionlimit(20000)\nC.__eq__ = lambda s, o: s == o\nC(1) == C(1)",
    "import sys\nsys.setrecursionlimit(20000)\nx = 1\nfor i in range(19000): x = [x]\nrepr(x)",
    "def g():\n  yield from g()\nlist(g())",
    "class A: pass\nA.__getattr__ = lambda s, n: getattr(s, n)\nA().x",
  ])
  func ofNativesIsLimited(_ program: String) throws {
    // A small stack: sixty thousand levels are too many for it however small their frames are.
    let end = try DepthTests.end(of: DepthTests.setup + program, stack: 1 << 20)
    #expect(end == "RecursionError", "\(program): \(end)")
  }

  @Test(arguments: [
    "[x]", "(x,)", "{1: x}", "{'a': x}", "C(x)", "C(x).m", "(lambda: x)", "(lambda y=x: y)", "slice(x)",
    "frozenset([x])", "iter([x])", "{1: x}.items()", "property(x)", "staticmethod(x)", "E(x)",
    "zip([x])", "(y for y in [x])", "functools.partial(print, x)",
    "collections.deque([x])", "collections.OrderedDict(a=x)", "collections.defaultdict(int, a=x)",
    "itertools.repeat(x)", "reversed([x])", "enumerate([x])",
    "filter(None, [x])", "collections.ChainMap({1: x})", "collections.Counter(a=x)",
    "contextlib.closing(x)", "functools.cache(lambda: x)", "itertools.tee([x])[0]", "[x].__iter__",
    "[x].append", "itertools.islice([x], 1)", "operator.methodcaller('a', x)", "contextlib.suppress",
  ])
  func ofWhatIsReleasedIsNot(_ wrapped: String) throws {
    let program = """
      x = None
      for i in range(60000): x = \(wrapped)
      x = None
      y = None
      for i in range(1000): y = (lambda x: \(wrapped))(y)
      """
    let end = try DepthTests.end(of: DepthTests.setup + program, stack: 1 << 20)
    #expect(end == "no error", "\(wrapped): \(end)")
  }

  @Test func ofChainsOfClassesAndErrorsIsNot() throws {
    for program in [
      "class A: pass\nfor i in range(3000):\n  class A(A): pass\nA().__class__\nisinstance(A(), object)\nA = None",
      "x = None\nfor i in range(60000):\n  try: raise ValueError from x\n  except ValueError as e: x = e\nx = None",
      "x = None\nfor i in range(60000):\n  try:\n    try: raise ValueError\n    finally: raise KeyError\n  except KeyError as e: x = e",
    ] {
      #expect(try DepthTests.end(of: program, stack: 1 << 20) == "no error", "\(program)")
    }
  }
}
