def nums(n):
    for i in range(n): yield i
def sq(it):
    for x in it: yield x * x
def ev(it): return (x for x in it if x % 2 == 0)
print(list(ev(sq(nums(10)))), sum(sq(nums(4))), dict(enumerate(sq(nums(3)))), *sq(nums(3)))
a, *b = sq(nums(4)); print(a, b, max(sq(nums(5))), tuple(map(str, nums(2))), list(zip(nums(3), sq(nums(3)))))
def tree(t):
    if t:
        yield from tree(t[0]); yield t[1]; yield from tree(t[2])
print(list(tree(((None, 1, None), 2, (None, 3, None)))))
def inf():
    n = 0
    while True: yield n; n += 1
import itertools
print(list(itertools.islice(inf(), 3, 6)), list(itertools.takewhile(lambda x: x < 3, inf())))
print(type(nums(1)), nums.__name__, nums(1).__name__)
