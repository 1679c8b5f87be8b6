"abc".find("a", "0")
