a, b = {1, 2, 3}, {2, 3, 4}
print(a | b, a & b, a - b, a ^ b, a.union([9], (8,)), a.intersection([2, 3], {3}), a.difference([1], [2]), a.symmetric_difference([3, 5]))
print(a <= b, a < {1, 2, 3, 4}, a >= {1}, a > a, a == {3, 2, 1}, a.issubset([1, 2, 3, 4]), a.issuperset((1,)), a.isdisjoint("xy"))
