m = [[1, 2, 3], [4, 5, 6]]
print(list(zip(*m)), [list(r) for r in zip(*m)], [[sum(a * b for a, b in zip(r, c)) for c in zip(*[[1, 2], [3, 4], [5, 6]])] for r in m], [x for r in m for x in r], sum(map(sum, m)), [r[::-1] for r in m[::-1]], max(max(r) for r in m), list(map(list, zip(*m[::-1]))))
def qs(l): return l if len(l) < 2 else qs([x for x in l[1:] if x < l[0]]) + [l[0]] + qs([x for x in l[1:] if x >= l[0]])
print(qs([3, 6, 1, 8, 2]))
primes = [n for n in range(2, 50) if all(n % d for d in range(2, int(n ** .5) + 1))]; print(primes)
def perms(s): return [s] if len(s) <= 1 else [c + p for i, c in enumerate(s) for p in perms(s[:i] + s[i + 1:])]
print(perms('abc'))
def hanoi(n, a, b, c): return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(10, 'a', 'b', 'c'))
from collections import deque
def bfs(g, s):
    seen, q = [s], deque([s])
    while q:
        for n in g[q.popleft()]:
            if n not in seen: seen.append(n); q.append(n)
    return seen
print(bfs({1: [2, 3], 2: [4], 3: [4], 4: []}, 1))
print({w: len(w) for w in 'the quick fox'.split()}, ''.join(chr((ord(c) - 97 + 13) % 26 + 97) for c in 'hello'), 'racecar' == 'racecar'[::-1], [*range(1, 4)] * 2, dict(enumerate('abc')), list(zip('ab', range(2), [True, False])))
