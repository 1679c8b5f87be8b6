nan = float("nan")
xs = [5.0, nan, 3.0, 1.0, nan, 4.0, 2.0, 0.0, -1.0, nan, 7.0]
print(sorted(xs), sorted(xs, reverse=True))
ys = [(i * 37 % 101) / 7 if i % 9 else nan for i in range(150)]
print(sorted(ys))
