for f in [lambda: exec_unpack((1, 2, 3)), lambda: exec_unpack((1,)), lambda: exec_unpack(5), lambda: exec_star((1,))]:
    def exec_unpack(v):
        a, b = v
    def exec_star(v):
        a, b, *c = v
    try:
        f()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
