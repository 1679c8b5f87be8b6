from collections import Counter
c = Counter("abracadabra")
print(c, c["a"], c["zz"], len(c), c.most_common(2), c.most_common())
print(sorted(c.elements()), c.total(), list(c.items()))
c.update("aaz")
c.subtract({"b": 5})
print(c, c.most_common(1))
a = Counter(x=3, y=1, z=0)
b = Counter(x=1, y=2)
print(a + b, a - b, a & b, a | b, +a, -Counter(q=-2))
a += b
print(a)
a -= Counter(x=10)
print(a)
print(Counter(), Counter([1, 1, 2]), Counter({"k": 3}), Counter(["a", "b", "a"]) == {"a": 2, "b": 1})
print(Counter(a=1, b=0) == Counter(a=1), Counter(a=1) <= Counter(a=2), Counter(a=3) > Counter(a=1), Counter(a=1) != Counter(b=1))
d = Counter("hello")
for k in d: print(k, d[k], end="; ")
print()
d["h"] += 10
del d["missing"]
del d["e"]
print(d, dict(d), "l" in d, d.get("nope"), isinstance(d, dict), type(d).__name__)
print(Counter("aab").copy(), sum(Counter("aab").values()), max(Counter("aab"), key=Counter("aab").get))
words = "the cat and the dog and the bird".split()
print(Counter(words).most_common(2), Counter(len(w) for w in words))
e = Counter()
for w in words:
    e[w] += 1
print(e)
print(sorted(Counter("banana").items(), key=lambda kv: (-kv[1], kv[0])))
try:
    Counter.fromkeys("ab")
except NotImplementedError as x:
    print(x)
