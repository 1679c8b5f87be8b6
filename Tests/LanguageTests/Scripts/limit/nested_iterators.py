it = iter([1, 2])
for i in range(200):
    it = map(abs, it)
print(list(it))
def chain(x):
    for item in x:
        yield item
it = iter([1, 2])
for i in range(200):
    it = chain(it)
print(list(it))
