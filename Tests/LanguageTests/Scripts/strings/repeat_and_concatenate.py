print("ab" * 3, 2 * "é", "a" * 0, "a" * -1, "a" + "b", "a" "b")
s = "x"
s += "y"
s *= 3
print(s)
