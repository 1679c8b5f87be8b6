str.maketrans("ab", "c")
