class Point:
    x = 3
print("{0.x} {0.x:>4}".format(Point()), "{[1]} {0[k]}".format([5, 6]) if False else "{0[1]} {1[k]}".format([5, 6], {"k": 7}), "{p.x!r}".format(p=Point))
print("{0[a][b]}".format({"a": {"b": 9}}), "{0[0]}".format({0: "zero"}), "{.real}".format(5))
