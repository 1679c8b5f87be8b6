print(b"abc", b"\x00\xff\n\t\\", b"it's", b'"', b"a" b"c", bytes([65, 66]), bytes(3), bytes("é", "utf-8"), bytes(b"x"), bytes())
