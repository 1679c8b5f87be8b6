a = {1, 2, 3}; b = {2, 3, 4}
print(a | b, a & b, a - b, a ^ b, a <= b, {2} < a, a.isdisjoint({9}), a.union([7], (8,)), a.intersection([1, 2], [2]), a.difference([1]), a.symmetric_difference([1, 9]), 2 in a, len(a), sorted(a), a == {3, 2, 1}, set(), frozenset([1]), {1, True, 1.0}, frozenset({1}) == {1}, {frozenset([1])})
a.add(5); a.discard(9); a.remove(1); a.update([6, 7], {8}); a -= {8}; a &= {2, 3, 5, 6}; a |= {10}; a ^= {2, 99}; print(sorted(a), a.pop() in {3, 5, 6, 10, 99}, type(a | frozenset()), type(frozenset() | {1}), set('hello') == {'h', 'e', 'l', 'o'})
for f in (lambda: a.remove(1000), lambda: set().pop(), lambda: a | [1], lambda: a < 5, lambda: a + a, lambda: a[0], lambda: {[]}, lambda: frozenset().add(1), lambda: a.union(5), lambda: hash(a), lambda: {1} - [1]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
