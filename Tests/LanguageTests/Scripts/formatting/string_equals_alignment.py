format("abc", "=5")
