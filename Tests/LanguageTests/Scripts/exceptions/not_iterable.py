for f in [lambda: list(5), lambda: [*5], lambda: sum(5), lambda: dict(5), lambda: set(None), lambda: tuple(1.5), lambda: iter(5), lambda: 1 in 5, lambda: sorted(True)]:
    try:
        f()
    except TypeError as e:
        print(e)
