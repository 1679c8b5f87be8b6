class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration('done')
        self.n -= 1
        return self.n
print(list(It(3)), sum(It(4)), max(It(3)), dict(zip(It(2), 'ab')), 1 in It(3), tuple(It(2)), sorted(It(3)), *It(2), [x for x in It(2)], {x for x in It(2)}, next(It(0), 'def'), set(It(3)), any(It(1)), list(map(str, It(2))), list(enumerate(It(2))), list(zip(It(2), It(3))), ''.join(map(str, It(3))), list(filter(None, It(3))))
it = iter([1, 2, 3]); print(next(it), list(it), next(it, 'end'), 0)
a = iter('abc'); print(list(zip(a, a)), [x for x in a])
l = [1, 2, 3]
for x in l:
    if x < 3: l.append(x + 10)
    if len(l) > 6: break
print(l)
print(iter([1]).__iter__() is not None, type(iter(())).__name__, type(iter({})).__name__, type(iter('')).__name__, type(iter(range(1))).__name__, type(iter(set())).__name__, type(enumerate([])).__name__, type(zip()).__name__, type(map(str, [])).__name__, type(reversed([])).__name__, type(iter(b'')).__name__, type(iter({}.items())).__name__, type(iter({}.values())).__name__, type(filter(None, [])).__name__, type(reversed('a')).__name__, type(reversed({})).__name__, type(iter(int, 1)).__name__)
