s = "image.png"
print(s.startswith("im"), s.startswith(("x", "ima")), s.startswith("mage", 1), s.startswith("", 9), s.startswith("", 10))
print(s.endswith(".png"), s.endswith((".jpg", ".gif")), s.endswith("age", 0, 5), s.endswith(""), s.endswith("g", 9))
print("éa".startswith("a", 1), "aé".endswith("é"), "abc".startswith(()))
