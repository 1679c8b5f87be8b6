print(str.upper("a"), list(map(str.strip, [" a ", "b "])), str.join(",", ["a", "b"]))
str.upper(1)
