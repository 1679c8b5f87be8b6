s = "a" * 20000
print((s + "b").find("a" * 5000 + "b"), ("b" + s).rfind("b" + "a" * 5000), s.count("a" * 5000), ("ab" * 5000).find("ba" * 4999 + "c"))
