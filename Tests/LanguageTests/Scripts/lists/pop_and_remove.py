xs = [1, 2, 3, 2, 1]
print(xs.pop(), xs.pop(0), xs.pop(-1), xs)
xs.remove(2)
print(xs)
xs.clear()
print(xs, xs.copy())
