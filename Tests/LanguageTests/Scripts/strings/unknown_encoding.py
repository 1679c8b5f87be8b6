"a".encode("klingon")
