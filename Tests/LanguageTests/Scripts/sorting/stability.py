records = [("b", 2), ("a", 2), ("c", 1), ("d", 1), ("e", 2)]
print(sorted(records, key=lambda r: r[1]), sorted(records, key=lambda r: r[1], reverse=True), sorted(records, reverse=True))
