xs = list(range(10))
print(xs[2:5], xs[::3], xs[::-2], xs[-3:], xs[5:2], xs[100:], xs[:-100])
xs[2:4] = "abc"
xs[::4] = [0, 0, 0]
del xs[1:3]
del xs[::5]
print(xs)
