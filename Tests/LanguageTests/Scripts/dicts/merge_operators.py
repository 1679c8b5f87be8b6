a = {"x": 1, "y": 2}
b = {"y": 3, "z": 4}
print(a | b, b | a, a == {"y": 2, "x": 1}, a != b)
a |= b
a |= [("w", 0)] if False else {"w": 0}
print(a, {**a, "x": 9})
