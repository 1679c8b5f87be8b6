for f in [lambda: dict(1), lambda: dict([1]), lambda: dict(["abc"]), lambda: dict(1, 2), lambda: dict([(1, 2)], a=3), lambda: dict(a=1, **{"b": 2})]:
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
