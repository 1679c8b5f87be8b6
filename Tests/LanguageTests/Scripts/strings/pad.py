print("ab".center(5, "*"), "ab".center(6, "*"), "abc".center(6, "*"), "a".center(4), "|")
print("ab".ljust(5, ".") + "|", "ab".rjust(5) + "|", "ab".ljust(1), "é".rjust(3, "ü"), "ab".center(-3))
