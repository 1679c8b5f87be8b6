print({3, 1, 2}, {10, 5, 3, 100, 64, 1000}, set(range(20)), {i * i for i in range(15)}, {-1, -2, 0}, {2 ** 61, 1, 0})
s = {1, 9, 17, 25}
s.remove(9)
s.add(33)
s.add(9)
print(s, {True, 0, 2}, set([5, 3, 5]), {8, 0} | {16})
