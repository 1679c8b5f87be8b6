xs = [1, 2]
print(xs + [3], xs * 2, 2 * xs, [] * 5, [1] * -1, xs == [1, 2], xs != [1], xs < [1, 3], [1, 2] < [1, 2, 0], 2 in xs, xs is xs)
ys = xs
ys += (3,)
ys *= 2
print(xs)
