for x in [float("inf"), float("-inf"), float("nan"), 0.0, -0.0]:
    print(format(x, ""), format(x, "f"), format(x, "F"), format(x, "08.1f"), format(x, "+e"), format(x, "%"), format(x, ",.2f"))
