print("  a b \n".strip() + "|", "xxaxx".lstrip("x"), "xxaxx".rstrip("x"), "abcba".strip("ab"), "abc".strip(""))
print(repr("\u3000a\xa0".strip()), "éaé".strip("é"), "mississippi".rstrip("ipsm"), repr(" \t".strip()))
