it = iter([1])
print(next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print(repr(e), e.value)
next(it)
