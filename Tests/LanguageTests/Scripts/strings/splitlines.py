print("a\nb\r\nc\rd".splitlines(), "a\n\nb\n".splitlines(), "".splitlines(), "\n".splitlines())
print("a\r\nb\n".splitlines(True), "a\x0bb\x0cc\x1cd\x85e\u2028f".splitlines(keepends=True))
