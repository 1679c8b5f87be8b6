from collections import deque
d = deque([1, 2, 3])
d.append(4); d.appendleft(0)
print(d, len(d), d[0], d[-1], d[2], list(d), 3 in d, 9 in d)
print(d.pop(), d.popleft(), d)
d.extend([7, 8]); d.extendleft([5, 6])
print(d)
d.rotate(2); print(d)
d.rotate(-3); print(d)
m = deque(maxlen=3)
for i in range(6): m.append(i)
print(m, m.maxlen, d.maxlen)
m.appendleft(99); print(m)
d[1] = "x"; del d[0]; print(d, d.index("x"), d.count(7))
d.insert(1, "ins"); d.remove(7); d.reverse(); print(d)
print(d.copy() == d, deque([1, 2]) == deque([1, 2]), deque([1]) < deque([2]), deque("abc") + deque("d"), deque([1]) * 3)
print(list(reversed(d)), bool(deque()), deque(), str(deque("ab")), [x for x in d], sorted(deque([3, 1, 2])))
d.clear(); print(d)
for bad in [lambda: d.pop(), lambda: d.popleft(), lambda: d[0], lambda: d.remove(3), lambda: deque([1]).index(5),
            lambda: deque(maxlen=-1), lambda: deque([1, 2], 2).insert(0, 3), lambda: deque(5), lambda: {d: 1}]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
q = deque([1, 2, 3])
try:
    for x in q: q.append(x)
except RuntimeError as e:
    print(e)
q = deque(range(5))
a, *b = q
print(a, b, sum(q), max(q), *q)
window = deque(maxlen=2)
out = []
for x in range(5):
    window.append(x)
    out.append(sum(window))
print(out)
