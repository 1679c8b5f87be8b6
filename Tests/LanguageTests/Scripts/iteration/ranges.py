r = range(2, 20, 3)
print(r, list(r), len(r), r[2], r[-1], r[1:4], 8 in r, 9 in r, r.index(8), r.count(8), r.start, r.stop, r.step, list(reversed(r)), r == range(2, 18, 3), hash(r) == hash(range(2, 18, 3)), range(5, 0, -2)[1], bool(range(0)))
r.index(9)
