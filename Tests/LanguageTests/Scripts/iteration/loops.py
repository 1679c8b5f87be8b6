for i in range(3):
    if i == 5: break
else: print('no break')
while i: i -= 1
else: print('while else', i)
for i in []: pass
else: print('empty')
for i in range(5):
    if i == 2: continue
    if i == 4: break
    print(i)
else: print('never')
n = 0
while True:
    n += 1
    if n > 3: break
print(n, [i for i in range(10, 0, -3)], list(range(5, 5)), list(range(-3, 3, 2)), range(10)[2:5], 3 in range(5), len(range(0, 10, 3)), range(3) == range(0, 3), sum(range(101)), range(5).index(3), range(0, 10, 2).count(4), range(3)[-1])
d = {'a': 1}
for k, v in d.items(): print(k, v)
for i, c in enumerate('ab'): print(i, c, end=' ')
for a, b in zip([1, 2], 'xy'): print(a, b, end=' ')
x = [1, 2, 3]
for v in x[:]: x.remove(v)
print(x)
