format("abc", "d")
