import itertools as it
print(list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=3)), list(it.product()), list(it.product("ab", [])))
print(list(it.permutations("abc")), list(it.permutations(range(3), 2)), list(it.permutations("ab", 3)), list(it.permutations([], 0)))
print(list(it.combinations("abcd", 2)), list(it.combinations(range(4), 3)), list(it.combinations("ab", 5)), list(it.combinations("ab", 0)))
print(list(it.combinations_with_replacement("abc", 2)), list(it.combinations_with_replacement([], 2)))
print(len(list(it.permutations(range(6)))), sum(1 for _ in it.combinations(range(20), 5)), len(list(it.product(range(4), repeat=4))))
print(["".join(p) for p in it.permutations("abcd", 3)][:7], max(it.permutations([3, 1, 2])))
for bad in [lambda: it.permutations("ab", -1), lambda: it.combinations("ab", -1), lambda: it.product("ab", repeat=-1)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
