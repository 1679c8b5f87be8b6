xs = [1, "a", 2]
try:
    xs.sort(key=lambda x: x + 1)
except TypeError as e:
    print(e)
print(xs)
