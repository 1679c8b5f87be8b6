print("é€😀".encode(), "é".encode("latin-1"), "é".encode("utf-16-le"), "é".encode("utf-8-sig"), "a".encode("ascii"))
print("é€".encode("ascii", "ignore"), "é€".encode("ascii", "replace"), "é€".encode("ascii", "backslashreplace"), "é€".encode("ascii", "xmlcharrefreplace"))
