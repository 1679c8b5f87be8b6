b"abc".find("a")
