s = {1, 2}
s.add(3)
s.add(2)
s.discard(9)
s.remove(1)
s.update([5, 6], {7})
s.intersection_update([2, 3, 5, 7])
s.difference_update([2])
s.symmetric_difference_update([3, 11])
print(s, len(s), 5 in s)
s |= {1}
s &= {1, 5, 7}
s -= {7}
s ^= {5, 6}
print(s, s.copy() == s)
s.clear()
print(s)
