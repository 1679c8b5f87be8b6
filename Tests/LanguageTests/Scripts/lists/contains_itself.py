xs = [1]
xs.append(xs)
d = {"a": xs}
xs.append(d)
print(xs, d)
