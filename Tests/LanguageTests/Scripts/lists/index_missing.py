[1, 2].index("a")
