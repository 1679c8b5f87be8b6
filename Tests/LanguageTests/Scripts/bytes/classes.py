for b in [b"abc", b"ABC", b"a1", b"12", b" ", b"", b"Ab", b"\xe9"]:
    print(b, b.isalpha(), b.isalnum(), b.isdigit(), b.isspace(), b.islower(), b.isupper(), b.istitle(), b.isascii())
