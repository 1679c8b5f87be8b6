def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def evens(items):
    for item in items:
        if item % 2 == 0:
            yield item


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(sum(count(400000)))
print(sum(x * x for x in evens(count(300000))))
print(sum(tree(14)))
total = 0
for a, b in zip(count(150000), evens(count(300000))):
    total += a * b
print(total)
print(max(len(s) for s in (str(n) for n in range(100000))))
