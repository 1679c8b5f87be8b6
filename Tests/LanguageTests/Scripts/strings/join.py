print(", ".join(["a", "b"]), "".join(()), "-".join("abc"), ".".join({"a": 1, "b": 2}), "é".join(["x", "y"]))
print("+".join(str(i) for i in range(5)))
