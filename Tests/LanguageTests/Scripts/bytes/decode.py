print(b"caf\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"\xff\xfea\x00".decode("utf-16"), b"\xef\xbb\xbfa".decode("utf-8-sig"), b"\x80".decode("cp1252"), str(b"abc", "ascii"))
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), b"a\xffb".decode("ascii", "backslashreplace"), b"\xe2\x82z".decode("utf-8", "replace"))
