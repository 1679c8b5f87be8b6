def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
        i += 1
    return sum(flags)


def multiply(a, b):
    n, m, p = len(a), len(b), len(b[0])
    result = [[0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            s = 0
            for k in range(m):
                s += a[i][k] * b[k][j]
            result[i][j] = s
    return result


print(sieve(500000))
a = [[(i * j) % 10 for j in range(70)] for i in range(70)]
print(sum(sum(row) for row in multiply(a, a)))
values = [(i * 7919) % 100003 for i in range(150000)]
values.sort()
print(values[:5], values[-1])
squares = [v * v for v in values if v % 3]
print(len(squares), sum(squares))
print(sorted(values, key=lambda v: v % 1000)[:5])
stack = []
for v in values:
    stack.append(v)
    if len(stack) > 100:
        stack.pop()
        stack.pop(0)
print(len(stack), stack[:3], [x + y for x, y in zip(values, values[1:])][-1])
