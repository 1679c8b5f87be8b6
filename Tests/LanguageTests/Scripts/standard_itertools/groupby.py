import itertools as it
print([(k, list(g)) for k, g in it.groupby("AAABBCA")])
data = sorted(["apple", "bob", "cat", "alice", "bear"], key=lambda s: s[0])
for k, g in it.groupby(data, key=lambda s: s[0]):
    print(k, list(g))
print([k for k, g in it.groupby([1, 1, 2, 3, 3])], list(it.groupby([])))
groups = [(k, g) for k, g in it.groupby("aabb")]
print([list(g) for k, g in groups])
print({k: sum(1 for _ in g) for k, g in it.groupby("mississippi")})
print([(k, list(v)) for k, v in it.groupby(range(10), key=lambda x: x // 4)])
