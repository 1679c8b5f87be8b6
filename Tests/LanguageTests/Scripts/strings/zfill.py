print("42".zfill(5), "-42".zfill(5), "+".zfill(3), "".zfill(2), "abc".zfill(2), "--1".zfill(5), "é".zfill(3))
