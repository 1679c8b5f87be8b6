for text in ["", ".", "e5", "1e", "_1", "1__0", "1._5", "0x1p3", "infinit", "1 2", "1.5é", "--1", "a\nb"]:
    try:
        print(float(text))
    except ValueError as e:
        print(e)
