s = "banana"
print(s.find("an"), s.rfind("an"), s.find("x"), s.find("an", 2), s.find("an", -3), s.rfind("an", 0, -2))
print(s.find(""), s.find("", 6), s.find("", 7), s.rfind(""), s.rfind("", 1, 3), s.rfind("", 9))
print(s.find("na", None, 4), s.find("b", 1), s.find("banana!"), s.count("a", 2, -1))
