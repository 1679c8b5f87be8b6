for text in ["1.5", " 1.5\n", "1_0.5", "inf", "-Infinity", "nan", "1e5", ".5", "5.", "1e400", "-1e-400", "1E+05", "1e1_0", "١.٥", "00.5", "-0"]:
    print(repr(text), float(text))
