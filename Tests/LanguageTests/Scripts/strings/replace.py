print("one one one".replace("one", "two"), "one one".replace("one", "1", 1), "abc".replace("b", ""))
print("abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "é€".replace("", "."), "aaa".replace("aa", "b"))
print("abc".replace("x", "y"), "abc".replace("b", "x", 0), "abc".replace("b", "x", -5))
