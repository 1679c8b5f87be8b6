b = b"hello"
print(b[0], b[-1], b[1:3], b[::-1], len(b), list(b), b + b"!", b * 2, 104 in b, b"ell" in b, b == b"hello", b < b"help", b != "hello")
