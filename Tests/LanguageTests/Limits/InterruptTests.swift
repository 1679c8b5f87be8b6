import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Language

/// An interrupt reaches a program wherever it is, also inside of a native.
@Suite(.serialized) struct InterruptTests {
  static let setup = """
    import itertools, collections, random, json, math, re, copy, functools, heapq, time, operator
    r = range(10 ** 12)
    c = itertools.count
    """

  /// What is made ready, and what then takes long.
  @Test(arguments: [
    // The loop.
    ("", "while True: pass"), ("", "for i in itertools.count(): pass"), ("", "for i in r: pass"),
    ("", "for i in iter(int, 1): pass"), ("def f(): f2()\ndef f2(): pass", "while f() is None: f()"),
    ("def g():\n  while True: yield 1", "for x in g(): pass"), ("", "[x for x in r if x < 0]"),
    ("def f(n): return n < 2 or f(n - 1) and f(n - 2)", "f(90)"),
    // Built-in functions over what does not end.
    ("", "sum(r, 0.5)"), ("", "max(r)"), ("", "min(r)"), ("", "any(x < 0 for x in r)"), ("", "all(r[1:])"),
    ("", "any(itertools.repeat(0))"), ("", "all(itertools.repeat(1))"), ("", "sum(c())"), ("", "max(c())"),
    ("", "-1 in c()"), ("", "0.5 in c()"), ("", "list(zip(c()))[:0]"),
    ("", "sum(map(abs, c()))"), ("", "sum(filter(None, c()))"), ("", "sum(1 for _ in zip(c(), c()))"),
    ("", "next(x for x in c() if x < 0)"), ("", "next(filter(lambda x: x < 0, c()))"),
    ("", "next(filter(None, itertools.repeat(0)))"), ("", "collections.deque(c(), maxlen=0)"),
    ("", "collections.deque(c(), maxlen=5)"), ("", "sorted(c())"), ("", "list(c())"), ("", "tuple(c())"),
    ("", "set(itertools.repeat(1))"), ("", "dict(itertools.repeat((1, 2)))"), ("", "frozenset(itertools.repeat(1))"),
    ("", "{**dict(itertools.repeat((1, 2)))}"), ("", "r.count('x')"), ("", "r.index('x')"), ("", "r.index(0.5)"),
    ("", "dict.fromkeys(itertools.repeat(1))"), ("", "collections.Counter(itertools.repeat(1))"),
    ("", "bytes(itertools.repeat(1))"), ("", "''.join(itertools.repeat(''))"), ("", "[].extend(c())"),
    ("", "a, *b = c()"), ("", "[].__iadd__(c())"), ("", "set().update(itertools.repeat(1))"),
    ("", "set().union(itertools.repeat(1))"), ("", "{1}.isdisjoint(itertools.repeat(2))"),
    ("", "{1}.issuperset(itertools.repeat(1))"), ("", "{1}.issubset(itertools.repeat(2))"),
    ("", "{1}.intersection(itertools.repeat(2))"), ("", "{1}.difference(itertools.repeat(2))"),
    ("", "{}.update(itertools.repeat((1, 2)))"), ("", "max(c(), key=abs)"), ("", "min(c(), key=lambda x: -x)"),
    ("", "print(*c())"), ("class A:\n  def __getitem__(self, i): return i", "-1 in A()"),
    ("class A:\n  def __getitem__(self, i): return i", "list(A())"),
    ("class A:\n  def __iter__(self): return self\n  def __next__(self): return 1", "2 in A()"),
    // Modules.
    ("", "next(itertools.dropwhile(lambda x: True, c()))"), ("", "next(itertools.filterfalse(lambda x: True, c()))"),
    ("", "next(itertools.compress(c(), itertools.repeat(0)))"), ("", "next(itertools.islice(c(), 10**12, None))"),
    ("", "next(itertools.chain.from_iterable(itertools.repeat(())))"), ("", "functools.reduce(max, c())"),
    ("", "sum(itertools.accumulate(itertools.repeat(0)))"), ("", "sum(1 for _ in itertools.groupby(c()))"),
    ("", "sum(1 for _ in itertools.product(range(999), repeat=9))"), ("", "sum(1 for _ in itertools.permutations(range(99)))"),
    ("", "sum(1 for _ in itertools.combinations(range(99), 50))"), ("", "list(itertools.tee(c())[0])"),
    ("", "sum(1 for _ in itertools.groupby(itertools.repeat(1)))"), ("", "math.fsum(itertools.repeat(0))"),
    ("", "math.prod(itertools.repeat(1))"), ("", "heapq.nlargest(3, c())"), ("", "heapq.nsmallest(3, c())"),
    ("", "list(heapq.merge(c(), c()))"), ("", "time.sleep(1000)"), ("", "collections.Counter().update(itertools.repeat(1))"),
    ("", "math.factorial(3000000)"), ("", "math.comb(9000000, 4500000)"), ("", "math.perm(3000000)"),
    ("", "math.isqrt(7 ** 20000000)"), ("", "math.prod(range(1, 4000000))"),
    // Big integers.
    ("", "7 ** 8000000"), ("a = 7 ** 1500000", "a * a * a * a * a * a * a"), ("a = 7 ** 1500000", "a ** 9"),
    ("a = 7 ** 1500000\nb = 7 ** 700000 + 1", "[a // b for _ in range(99)]"),
    ("a = 7 ** 1500000\nb = 7 ** 700000 + 1", "[a % b for _ in range(99)]"),
    ("a = 7 ** 1500000\nb = 3 ** 700000", "[divmod(a, b) for _ in range(99)]"),
    ("a = 7 ** 1500000\nb = 7 ** 1499900", "[a / b for _ in range(9999)]"),
    ("a = 7 ** 400000\nb = 3 ** 400000", "pow(b, a, a + b)"), ("a = 7 ** 100000", "pow(3, a, a)"),
    ("a = 7 ** 1500000\nb = 3 ** 1500000", "math.gcd(a, b)"), ("a = 7 ** 1500000\nb = 3 ** 1500000", "math.lcm(a, b)"),
    ("a = 7 ** 400000", "pow(a, -1, 3 ** 300000)"), ("", "[7 ** 300000 for _ in range(9999)]"),
    ("a = 7 ** 1500000", "[hash(a) for _ in range(99999)]"), ("a = 7 ** 1500000", "[hex(a) for _ in range(9999)]"),
    ("a = 7 ** 1500000", "[f'{a:x}' for _ in range(9999)]"), ("a = 'f' * 2000000", "[int(a, 16) for _ in range(999)]"),
    ("a = 7 ** 1500000", "[a + 1 for _ in range(9999999)]"), ("a = 7 ** 1500000", "[float(a >> 4210100) for _ in range(9999999)]"),
    ("", "[random.getrandbits(30000000) for _ in range(9999)]"), ("", "random.randrange(10 ** 3000) and [random.randrange(10**300000) for _ in range(999999)]"),
    // Sorting.
    ("a = [random.random() for _ in range(300000)]", "[sorted(a) for _ in range(99)]"),
    ("a = [str(i * 7919 % 1000003) for i in range(150000)]", "[sorted(a) for _ in range(99)]"),
    ("a = [(i * 7919 % 1000003,) for i in range(150000)]", "[sorted(a) for _ in range(99)]"),
    ("a = [i * 7919 % 1000003 for i in range(300000)]", "[a.sort(key=lambda x: -x % 1009) for _ in range(99)]"),
    ("a = {i * 7919 % 1000003 for i in range(150000)}", "[sorted(a) for _ in range(99)]"),
    ("a = list(range(300000))", "[random.shuffle(a) for _ in range(99)]"), ("a = list(range(300000))", "[a.reverse() for _ in range(99999)]"),
    ("a = list(range(150000))", "[random.sample(a, 100000) for _ in range(999)]"),
    ("a = list(range(150000))", "[random.choices(a, k=3000000) for _ in range(999)]"),
    // Large collections.
    ("a = list(range(300000))\nb = list(range(300000))", "[a == b for _ in range(99999)]"),
    ("a = tuple(range(300000))", "[hash(a) for _ in range(99999)]"), ("a = list(range(300000))", "[-1 in a for _ in range(99999)]"),
    ("a = list(range(300000))", "[a.count(7) for _ in range(99999)]"), ("a = list(range(300000))", "[a.index(299999) for _ in range(99999)]"),
    ("a = list(range(300000))", "[a[::-1] for _ in range(99999)]"), ("a = list(range(300000))", "[a + a for _ in range(99999)]"),
    ("a = list(range(300000))", "[a.copy() for _ in range(99999)][:0]"), ("a = list(range(300000))", "[sum(a) for _ in range(99999)]"),
    ("a = list(range(300000))", "[max(a) for _ in range(99999)]"), ("a = list(range(300000))", "[repr(a) for _ in range(999)]"),
    ("a = list(range(150000))", "[json.dumps(a) for _ in range(999)]"), ("a = json.dumps(list(range(150000)))", "[json.loads(a) for _ in range(999)]"),
    ("a = [[i] for i in range(150000)]", "[copy.deepcopy(a) for _ in range(999)]"), ("a = list(range(150000))", "[copy.deepcopy(a) for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(75000, 225000))", "[a & b for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(75000, 225000))", "[a | b for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(75000, 225000))", "[a - b for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(75000, 225000))", "[a ^ b for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(150000))", "[a == b for _ in range(999)]"),
    ("a = set(range(150000))\nb = set(range(150000))", "[a <= b for _ in range(999)]"),
    ("a = set(range(150000))", "[a.isdisjoint(range(2000000, 9000000)) for _ in range(999)]"),
    ("a = frozenset(range(150000))", "[hash(frozenset([a, i])) for i in range(999999)]"),
    ("a = dict.fromkeys(range(150000))", "[{}.update(a) for _ in range(999)]"), ("a = dict.fromkeys(range(150000))", "[dict(a) for _ in range(999)]"),
    ("a = dict.fromkeys(range(150000))", "[a == dict(a) for _ in range(999)]"), ("a = dict.fromkeys(range(150000))", "[a | a for _ in range(999)]"),
    ("a = dict.fromkeys(range(150000))", "[repr(a) for _ in range(999)]"), ("a = dict.fromkeys(range(150000))", "[list(a.items()) for _ in range(999)]"),
    ("a = dict.fromkeys(range(150000))", "[a.keys() & a.keys() for _ in range(999)]"), ("a = dict.fromkeys(range(150000))", "[None not in a.values() for _ in range(9999999)]"),
    ("a = collections.deque(range(150000))", "[-1 in a for _ in range(99999)]"), ("a = collections.deque(range(150000))", "[a.copy() for _ in range(9999)]"),
    ("a = list(range(150000))", "[heapq.heapify(a[::-1]) for _ in range(999)]"), ("a = collections.Counter(range(150000))", "[a.most_common() for _ in range(999)]"),
    ("a = collections.Counter(range(150000))", "[a + a for _ in range(999)]"), ("a = list(range(100000))", "while True: a.insert(0, a.pop())"),
    ("a = list(range(150000))", "while True: del a[::2]; a *= 2"), ("a = list(range(150000))", "[a.__setitem__(slice(None, None, 2), a[::2]) for _ in range(99999)]"),
    ("a = list(range(150000))", "[list(map(str, a)) for _ in range(999)]"), ("a = list(range(150000))", "[list(zip(a, a)) for _ in range(999)]"),
    ("a = list(range(150000))", "[list(enumerate(a)) for _ in range(999)]"), ("a = list(range(150000))", "[list(reversed(a)) for _ in range(9999)]"),
    ("a = list(range(150000))", "[tuple(a) for _ in range(99999)][:0]"), ("a = list(range(150000))", "[set(a) for _ in range(999)]"),
    ("a = [[0]] * 200000", "[sum(a, []) for _ in range(999)]"), ("a = ['a'] * 200000", "[''.join(a) for _ in range(9999)]"),
    // Long texts.
    ("a = 'ab' * 2000000", "[a.count('b') for _ in range(9999)]"), ("a = 'ab' * 2000000", "[a.find('bb') for _ in range(9999)]"),
    ("a = 'ab' * 2000000", "[a.rfind('bb') for _ in range(9999)]"), ("a = 'ab' * 2000000", "['bb' in a for _ in range(9999)]"),
    ("a = 'ab' * 800000", "[a.replace('a', 'cd') for _ in range(9999)]"), ("a = 'a ' * 800000", "[a.split() for _ in range(9999)]"),
    ("a = 'a,' * 800000", "[a.split(',') for _ in range(9999)]"), ("a = 'a\\n' * 800000", "[a.splitlines() for _ in range(9999)]"),
    ("a = 'ab' * 2000000", "[a.upper() for _ in range(9999)]"), ("a = 'aé' * 800000", "[a.upper() for _ in range(9999)]"),
    ("a = 'aé' * 800000", "[a.title() for _ in range(9999)]"), ("a = 'ab' * 800000", "[a.translate({97: 'x'}) for _ in range(9999)]"),
    ("a = 'aé' * 800000", "[a.encode('utf-16') for _ in range(9999)]"), ("a = b'ab' * 800000", "[a.decode() for _ in range(9999)]"),
    ("a = 'aé' * 800000", "[a[::-1] for _ in range(9999)]"), ("a = 'aé' * 800000", "[a[1599990] for _ in range(99999)]"),
    ("a = 'a' * 2000000", "[a[::-1] for _ in range(9999)]"), ("a = 'ab' * 800000", "[repr(a) for _ in range(9999)]"),
    ("a = 'ab' * 800000", "['%s%s' % (a, a) for _ in range(9999)]"), ("a = 'ab' * 800000", "[f'{a}{a}' for _ in range(9999)]"),
    ("a = 'ab' * 800000", "['{}{}'.format(a, a) for _ in range(9999)]"), ("a = '\\t' * 200000", "[a.expandtabs() for _ in range(9999)]"),
    ("a = 'a' * 200000", "[('a' * 100000 + 'b') in a * 9 for _ in range(99999)]"), ("a = ' ' * 2000000", "[a.strip() for _ in range(99999)]"),
    ("a = 'ab' * 2000000\nb = 'ab' * 2000000", "[a == b for _ in range(99999)]"), ("a = ['ab' * 100000 + str(i) for i in range(99)]", "[sorted(a) for _ in range(9999)]"),
    ("a = 'ab' * 2000000", "[a.isalpha() for _ in range(9999)]"), ("a = b'ab' * 2000000", "[a.count(b'b') for _ in range(9999)]"),
    ("a = b'ab' * 800000", "[a.hex() for _ in range(9999)]"), ("a = b'ab' * 800000", "[a.replace(b'a', b'cd') for _ in range(9999)]"),
    ("a = 'ab' * 800000", "[list(a) for _ in range(9999)]"), ("a = '9' * 4000", "while True: int(a)"),
    // Regular expressions.
    ("", "re.match('(a*)*b', 'a' * 60)"), ("", "re.match('(a|aa)+$', 'a' * 60 + 'b')"),
    ("a = 'a' * 30000", "re.findall('a*b', a)"), ("a = 'ab' * 200000", "[re.sub('a', 'c', a) for _ in range(999)]"),
    ("a = 'ab' * 200000", "[re.findall('a.', a) for _ in range(999)]"), ("a = 'ab' * 200000", "[re.search('bb', a) for _ in range(9999)]"),
    ("a = 'ab' * 200000", "[re.split('a', a) for _ in range(999)]"), ("", "re.match('(.*)(.*)(.*)(.*)(.*)(.*)x', 'a' * 4000)"),
  ])
  func stopsTheProgram(_ ready: String, _ program: String) throws {
    let (end, milliseconds) = try InterruptTests.interrupted(ready, program)
    #expect(end == "KeyboardInterrupt", "\(program)")
    if let milliseconds, ProcessInfo.processInfo.environment["INTERRUPT_TIMES"] != nil {
      print("interrupt: \(milliseconds) ms \(program)")
    }
  }

  /// Runs a program and interrupts it a moment after its last part has begun. Gives the class of the
  /// exception, and the milliseconds from the request to the exception.
  private static func interrupted(_ ready: String, _ program: String) throws -> (String, Double?) {
    try onBigStack {
      let machine = try Machine()
      let clock = ContinuousClock()
      let asked = Mutex<ContinuousClock.Instant?>(nil)
      let ended = Mutex(false)
      let interrupt = machine.interrupt
      do throws(Raise) {
        _ = try machine.run(setup + "\n" + ready, name: "<ready>")
        Thread {
          Thread.sleep(forTimeInterval: 0.1)
          asked.withLock { $0 = clock.now }
          interrupt.request()
          // A hang: nothing else would end the test.
          for _ in 0..<300 {
            Thread.sleep(forTimeInterval: 0.1)
            if ended.withLock({ $0 }) { return }
          }
          print("interrupt: no end of \(program)")
          abort()
        }.start()
        defer { ended.withLock { $0 = true } }
        _ = try machine.run(program, name: "<test>")
        return ("no interrupt", nil)
      } catch {
        let latency = asked.withLock { $0 }.map { $0.duration(to: clock.now) }
        let exception = machine.materialize(error)
        guard let sum = try? machine.run("sum(range(5))", name: "<after>").asInt, sum == 10 else {
          return ("a session that is broken", nil)
        }
        let name = exception.type.name
        return (
          name == "KeyboardInterrupt" ? name : "\(name): \(machine.message(of: exception))",
          latency.map { Double($0.components.attoseconds) / 1e15 + Double($0.components.seconds) * 1000 })
      }
    }
  }
}
