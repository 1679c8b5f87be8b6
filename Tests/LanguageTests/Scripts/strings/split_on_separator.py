print("a,b,,c".split(","), "a,b,c".split(",", 1), "abc".split("x"), "".split(","), "a--b--c".split("--", -1))
print("aXbXc".rsplit("X", 1), "a,b,c".rsplit(","), ",".split(","), "é€é".split("€"))
