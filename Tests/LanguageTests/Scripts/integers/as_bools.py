print(True + True, True * 2.5, True & False, True | 2, True ^ True, ~True, -True, True << 3, sum([True, False, True]), True == 1, {True: "a", 1: "b"})
