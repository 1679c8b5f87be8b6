format("abc", "+5")
