print(int("12"), int(" -12\n"), int("1_000"), int("+5"), int("٣"), int("0x1f", 16), int("0b101", 0), int("0o17", 0), int("z", 36), int("-0xff", 16), int("00", 0))
print(int(), int(True), int(2.9), int(-2.9), int(b"42"), int("7" * 30), int("ff" * 20, 16))
