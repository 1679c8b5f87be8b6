import TestSupport
import Testing

@testable import Language

/// What a program can size is refused before it is made.
@Suite(.serialized) struct MemoryLimitTests {
  /// Names that the expressions use; each fits into the limit by itself.
  static let setup = """
    import itertools, collections, random, json, math, re, copy, functools, heapq, io, string, operator
    s = 'ab' * 100000
    u = 'aé' * 60000
    b = b'ab' * 100000
    l = [0] * 30000
    t = (0,) * 30000
    d = dict.fromkeys(range(8000))
    e = set(range(8000))
    f = frozenset(e)
    r = range(10 ** 9)
    big = 1 << 4000000
    q = collections.deque(range(8000))
    def g():
      while True: yield 1

    """

  /// The limit of these tests: a few of the things above fit, ten do not.
  static let limit = 1_600_000

  @Test(arguments: [
    // Sequences repeated and joined.
    "l * 10", "10 * l", "t * 10", "s * 10", "b * 10", "'a' * 10**12", "[0] * 10**18", "(0,) * 10**18",
    "l + l + l + l + l", "t + t + t + t + t", "s + s + s + s + s + s + s + s + s", "b + b + b + b + b + b + b + b + b",
    "l.extend(l * 3) or l.extend(l)", "operator.mul(l, 10)", "operator.iadd(l * 2, l * 2)", "l.__mul__(10)",
    "s.join(['a'] * 20)", "b.join([b'a'] * 20)", "''.join(s for _ in range(20))",
    "str(s) * 9", "[*l, *l, *l, *l]", "(*l, *l, *l, *l)", "list(x for x in r)", "{x for x in r}",
    "{x: x for x in r}",
    // Strings.
    "s.ljust(10**9)", "s.rjust(10**9)", "s.center(10**9)", "s.zfill(10**9)", "'\\t'.expandtabs(10**9)",
    "('\\t' * 1000).expandtabs(10000)", "s.replace('a', 'x' * 100)", "s.replace('', 'x' * 100)",
    "s.translate({97: 'x' * 100})", "b.replace(b'a', b'x' * 100)", "b.ljust(10**9)", "b.center(10**9)",
    "b.zfill(10**9)", "b'\\t'.expandtabs(10**9)", "b.hex() * 9", "s.encode() * 9", "s.split('a')",
    "list(s)", "s.splitlines() * 999999", "list(u)", "list(b)", "tuple(s)", "sorted(s)",
    // Formatting.
    "'%1000000000d' % 1", "'%*d' % (10**9, 1)", "'%.1000000000f' % 1.5", "'%.*f' % (10**9, 1.5)",
    "'%s%s%s%s%s%s%s%s%s' % ((s,) * 9)", "'%1000000000s' % 'a'", "'{:1000000000}'.format(1)",
    "'{:>{}}'.format('a', 10**9)", "'{0}{0}{0}{0}{0}{0}{0}{0}{0}'.format(s)", "f'{1:1000000000}'",
    "f'{1:{10**9}}'", "f'{1.5:.1000000000f}'", "f'{s}{s}{s}{s}{s}{s}{s}{s}{s}'", "format(1, '01000000000')",
    "format('a', '*^1000000000')", "repr([s] * 9)", "str([s] * 9)", "ascii('é' * 600000)", "'%r' % ([s] * 9,)",
    "print(*[s] * 9)", "json.dumps([s] * 9)", "json.dumps([1, [2]], indent=10**9)",
    "json.dumps({i: i for i in range(99)}, indent=10**5)", "string.Template('$a' * 20).substitute(a=s)",
    // Integers.
    "1 << 10**9", "1 << 10**30", "2 ** 10**9", "10 ** 10**20", "(-3) ** 10**8", "big * big * big * big",
    "big ** 10", "math.factorial(10**9)", "math.comb(10**9, 10**8)", "math.perm(10**9, 10**8)",
    "math.prod([big] * 9)", "big.to_bytes(10**9, 'big')", "hex(big * big)", "bin(big)", "oct(big * big)",
    "'%x' % (big * big)", "f'{big:b}'", "int.from_bytes(b * 8 + b, 'big') << 10**8",
    "(1).__lshift__(10**9)", "pow(2, 10**9)", "functools.reduce(operator.mul, [big] * 9)",
    // Bytes.
    "bytes(10**9)", "bytes(range(256)) * 99999", "random.randbytes(10**9)",
    // Whole iterables.
    "list(r)", "tuple(r)", "set(r)", "frozenset(r)", "dict.fromkeys(r)", "sorted(r)", "list(reversed(r))",
    "list(zip(r, r))", "list(enumerate(r))", "list(map(str, r))", "list(filter(None, r))", "[*r]", "(*r,)",
    "{*r}", "dict(zip(r, r))", "list(g())", "tuple(g())", "list(itertools.count())", "list(itertools.repeat(1))",
    "list(itertools.cycle([1]))", "[*itertools.count()]", "collections.deque(r)",
    "collections.deque(itertools.count())", "collections.Counter(r)", "collections.OrderedDict(zip(r, r))",
    "collections.defaultdict(int, zip(r, r))", "q * 1000", "q.extend(r)", "q.extendleft(r)", "l.extend(r)",
    "l.extend(g())", "e.update(r)", "e | set(r)", "e.union(r)", "e.symmetric_difference(r)", "d.update(zip(r, r))",
    "d | dict.fromkeys(r)", "a, *c = r", "a, *c = g()", "max(*r)", "print(*r)", "(lambda *a: 0)(*r)",
    "(lambda *a: 0)(*g())", "l.__iadd__(r)", "random.sample(r, 10**8)", "random.choices(l, k=10**9)",
    "random.sample(l, k=10**9, counts=[10**9] * 30000)", "random.getrandbits(10**10)",
    "random.shuffle(list(r))", "math.fsum(list(r))", "math.dist(list(r), list(r))",
    // Modules.
    "list(itertools.product(range(100), repeat=4))", "list(itertools.combinations(r, 5))",
    "list(itertools.permutations(range(12)))", "list(itertools.combinations_with_replacement(range(99), 9))",
    "itertools.product(r, r)", "itertools.tee([], 10**9)", "list(itertools.chain.from_iterable([r]))",
    "list(itertools.islice(g(), 10**9))", "list(itertools.accumulate(r))", "list(itertools.zip_longest(r, r))",
    "list(itertools.pairwise(r))", "list(itertools.groupby(r))", 
    "list(itertools.compress(r, r))", "list(itertools.takewhile(bool, itertools.count(1)))",
    "list(collections.Counter(a=10**9).elements())", "heapq.nlargest(10**8, r)", "heapq.nsmallest(10**8, r)",
    "list(heapq.merge(r, r))", "re.sub('a', 'x' * 100, s)", "re.sub('', s, 'aaaaaaaaaaaa')",
    "re.findall('a|b', s)", "re.split('a|b', s)", "list(re.finditer('a|b', s))", "re.escape('.' * 1000000)",
    "io.StringIO().write(s * 8) and 0 or s * 9", "copy.deepcopy([l] * 9 + [list(r[:10**6])])",
    "l.__class__(r)", "str(list(range(300000)))", "s.partition('zz')[0] * 9", "sum([l, l, l, l], [])",
    "sum(([0] for _ in g()), [])", "vars().clear() if 0 else list(r)", "min(r, key=[].append) if 0 else sorted(g())",
  ])
  func isAMemoryErrorBeforehand(_ expression: String) throws {
    let end = try onBigStack { () throws -> String in
      let machine = try Machine()
      machine.memoryLimit = MemoryLimitTests.limit
      machine.memoryCeiling = (ProcessMemory.resident ?? 0) + (1 << 30)
      // What is not refused has to end some time.
      machine.stepLimit = 400_000
      do throws(Raise) {
        _ = try machine.run(MemoryLimitTests.setup, name: "<setup>")
        _ = try machine.run(expression, name: "<test>")
        return "no error"
      } catch {
        let exception = machine.materialize(error)
        // The session goes on.
        guard let sum = try? machine.run("sum(range(5))", name: "<after>").asInt, sum == 10 else {
          return "a session that is broken"
        }
        return "\(exception.type.name): \(machine.message(of: exception))"
      }
    }
    #expect(end.hasPrefix("MemoryError: "), "\(expression) gives \(end.prefix(200))")
  }

  /// Programs that grow by pieces of a size that is allowed: the ceiling of the process stops them.
  @Test(arguments: [
    "x = []\nwhile True: x.append(s[:-1])", "x = []\nwhile True: x.append([0] * 10000)",
    "x = []\nwhile True: x.append(l[:])", "x = []\nwhile True: x.append(tuple(l))",
    "x = []\nwhile True: x.append(list(e))", "x = []\nwhile True: x.append(dict(d))",
    "x = []\nwhile True: x.append(set(e))", "x = []\nwhile True: x.append(d.copy())",
    "x = []\nwhile True: x.append(e | e)", "x = []\nwhile True: x.append(s[1:])",
    "x = []\nwhile True: x.append(b[1:])", "x = []\nwhile True: x.append(s.upper())",
    "x = []\nwhile True: x.append(s.encode())", "x = []\nwhile True: x.append(big + 1)",
    "x = []\nwhile True: x.append(-big)", "x = []\nwhile True: x.append([])",
    "x = None\nwhile True: x = (x, x)", "x = {}\nwhile True: x[len(x)] = object()",
    "x = []\nwhile True: x.append(g())", "x = []\nwhile True: x.append(lambda: x)",
    "x = []\nwhile True: x.append(copy.deepcopy(d))", "x = []\nwhile True: x.append(json.dumps(l))",
    "x = []\nwhile True: x.append(sorted(l))", "x = []\nwhile True: x.append(s.split('b', 999))",
    "x = ''\nwhile True: x += 'a' * 99", "x = []\nwhile True: x.append(f'{s}')",
    "class A: pass\nx = []\nwhile True:\n  a = A()\n  a.p = a.q = a\n  x.append(a)",
  ])
  func growthEndsAtTheCeiling(_ program: String) throws {
    let end = try onBigStack { () throws -> String in
      let machine = try Machine()
      machine.memoryLimit = 32 << 20
      do throws(Raise) {
        _ = try machine.run(MemoryLimitTests.setup, name: "<setup>")
        // What other tests have freed does not count.
        ProcessMemory.giveBack()
        machine.memoryCeiling = (ProcessMemory.resident ?? 0) + (64 << 20)
        // Enough for what the process held by chance when it was looked at.
        machine.stepLimit = 80_000_000
        _ = try machine.run(program, name: "<test>")
        return "no error"
      } catch {
        let exception = machine.materialize(error)
        machine.reset()
        guard let sum = try? machine.run("sum(range(5))", name: "<after>").asInt, sum == 10 else {
          return "a session that is broken"
        }
        return "\(exception.type.name): \(machine.message(of: exception))"
      }
    }
    #expect(end.hasPrefix("MemoryError"), "\(program) gives \(end)")
  }
}
