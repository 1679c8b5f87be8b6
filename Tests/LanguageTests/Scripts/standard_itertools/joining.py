import itertools as it
print(list(it.chain("ab", [1, 2], ())), list(it.chain.from_iterable([[1], [2, 3], "x"])), list(it.chain()))
print(list(it.zip_longest("abc", [1])), list(it.zip_longest("ab", "wxyz", fillvalue="-")), list(it.zip_longest()))
print(list(it.pairwise("abcd")), list(it.pairwise([1])), list(it.pairwise([])))
a, b = it.tee(iter(range(5)))
print(next(a), next(a), list(b), list(a))
x, y, z = it.tee("abc", 3)
print(list(x), list(y), list(z), it.tee([], 0))
nested = [[1, [2]], [3]]
print(list(it.chain(*nested)), sum(it.chain([1, 2], [3])), "-".join(it.chain("ab", "cd")))
for bad in [lambda: list(it.chain(3)), lambda: list(it.chain.from_iterable([1])), lambda: it.tee([], -1)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
