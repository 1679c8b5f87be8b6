rng = 12345
xs = []
for i in range(5000):
    rng = (rng * 1103515245 + 12345) % 2147483648
    xs.append(rng % 1000)
ys = sorted(xs)
print(all(ys[i] <= ys[i + 1] for i in range(len(ys) - 1)), sum(xs) == sum(ys), ys[:5], ys[-5:])
pairs = sorted(enumerate(xs), key=lambda p: p[1])
print(all(pairs[i][1] < pairs[i + 1][1] or pairs[i][0] < pairs[i + 1][0] for i in range(len(pairs) - 1)))
strings = sorted(str(x) + "-suffix-that-is-long" for x in xs)
print(strings[0], strings[2500], strings[-1])
floats = sorted((x * 0.37) % 17 for x in xs)
print(floats[0], floats[2500], floats[-1])
