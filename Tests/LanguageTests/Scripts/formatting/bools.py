print(format(True, ""), format(True, "d"), format(True, "5"), format(False, "x"), f"{True!s:>6}", f"{True}")
format(True, "s")
