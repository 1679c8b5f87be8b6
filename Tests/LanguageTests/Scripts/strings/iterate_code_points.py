for c in "aé😀":
    print(c, ord(c), len(c))
print(list("añ"), tuple("ab"), set("aaa"), sorted("banana"), "".join(reversed("añ😀")))
