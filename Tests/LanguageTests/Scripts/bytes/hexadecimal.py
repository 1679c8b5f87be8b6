print(b"\x01\xab\xff".hex(), b"abcd".hex(":"), b"abcde".hex("-", 2), b"abcde".hex("-", -2), bytes.fromhex("01 ab FF"), bytes.fromhex(""))
bytes.fromhex("0g")
