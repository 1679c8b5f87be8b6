"abc".find(3)
