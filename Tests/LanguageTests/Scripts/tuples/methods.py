t = (1, 2, 3, 2)
print(t.count(2), t.index(2), t.index(2, 2), t + (4,), t * 2, t[1:], t[::-1], t[-1], len(t), (1,), (), 2 in t, t < (1, 3))
t.index(9)
