s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10), [0, 1, 2, 3][s], slice(5) == slice(None, 5, None))
