xs = [3, 1, 2]
seen = []
xs.sort(key=lambda x: seen.append(len(xs)) or x)
print(seen, xs)
