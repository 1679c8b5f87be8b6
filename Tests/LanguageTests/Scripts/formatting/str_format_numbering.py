print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{0}{0}".format("x"), "{a} {b}".format(a=1, b=2), "{} {x}".format(1, x=2), "{{}}".format())
