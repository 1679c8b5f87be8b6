table = {}
for i in range(300000):
    key = i * 7919 % 100003
    if key in table:
        table[key] += 1
    else:
        table[key] = 1
print(len(table), sum(table.values()))

names = {}
for i in range(200000):
    name = "n" + str(i % 5000)
    names[name] = names.get(name, 0) + i
print(len(names), max(names.values()))

groups = {}
for i in range(200000):
    groups.setdefault(i % 1009, []).append(i)
print(len(groups), sum(len(g) for g in groups.values()))

total = 0
for key, value in table.items():
    total += key * value
print(total)

pairs = {(i, i + 1): i for i in range(50000)}
hits = 0
for i in range(100000):
    if (i, i + 1) in pairs:
        hits += pairs[i, i + 1]
print(hits)
seen = set()
for i in range(200000):
    seen.add(i * i % 5003)
print(len(seen), len({k: v for k, v in table.items() if v > 2}))
