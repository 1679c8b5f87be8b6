"abc".split(by="b")
