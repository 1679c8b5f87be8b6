import heapq, bisect, itertools, functools, collections
def dijkstra(g, s):
    d = {s: 0}; h = [(0, s)]
    while h:
        c, u = heapq.heappop(h)
        if c > d.get(u, 1e9): continue
        for v, w in g[u].items():
            n = c + w
            if n < d.get(v, 1e9): d[v] = n; heapq.heappush(h, (n, v))
    return d
print(dijkstra({'a': {'b': 1, 'c': 4}, 'b': {'c': 2, 'd': 6}, 'c': {'d': 3}, 'd': {}}, 'a'))
def lis(a):
    t = []
    for x in a:
        i = bisect.bisect_left(t, x)
        t[i:i + 1] = [x]
    return len(t)
print(lis([10, 9, 2, 5, 3, 7, 101, 18]))
@functools.lru_cache(None)
def ed(a, b): return len(a) + len(b) if not a or not b else min(ed(a[1:], b) + 1, ed(a, b[1:]) + 1, ed(a[1:], b[1:]) + (a[0] != b[0]))
print(ed('kitten', 'sitting'))
class Node:
    def __init__(self, v, n=None): self.v, self.n = v, n
    def __iter__(self):
        while self: yield self.v; self = self.n
print(list(Node(1, Node(2, Node(3)))))
class Trie:
    def __init__(self): self.c = collections.defaultdict(Trie); self.end = False
    def add(self, w):
        n = self
        for ch in w: n = n.c[ch]
        n.end = True
    def has(self, w):
        n = self
        for ch in w:
            if ch not in n.c: return False
            n = n.c[ch]
        return n.end
t = Trie(); t.add('cat'); print(t.has('cat'), t.has('ca'), t.has('dog'))
print([list(g) for _, g in itertools.groupby(sorted('mississippi'))], collections.Counter('mississippi').most_common(2), functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]))
print('\n'.join(' '.join(f'{i * j:2}' for j in range(1, 4)) for i in range(1, 4)))
def collatz(n):
    while n != 1: yield n; n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1
print(*collatz(6))
