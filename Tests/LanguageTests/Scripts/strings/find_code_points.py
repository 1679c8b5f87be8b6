s = "añb€añ😀b"
print(s.find("ñ"), s.rfind("ñ"), s.find("😀"), s.index("b", 3), s.count("añ"), s.find("€", 3, 4), s.find("b", -1))
