xs = [3, 1, 2]
def key(x):
    xs.append(x)
    return x
try:
    xs.sort(key=key)
except ValueError as e:
    print(e, xs)
