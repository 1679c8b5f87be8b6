d = {i: i for i in range(1000)}
for i in range(500, 999):
    del d[i]
total = 0
while d:
    total += d.popitem()[1]
print(total)
