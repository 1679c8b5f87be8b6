xs = [1, [2], 3]
ys = xs.copy()
xs.reverse()
xs[1].append(9)
print(xs, ys, xs is ys, xs[1] is ys[1])
