def f(a, b=1, *, c=2):
    return a
for g in [lambda: f(), lambda: f(1, 2, 3), lambda: f(1, d=5), lambda: f(1, a=2), lambda: 5(), lambda: "a"(), lambda: len(), lambda: len(1, 2), lambda: len(5), lambda: [].append(), lambda: {}.get(1, 2, 3), lambda: "a".join(), lambda: print(x=1)]:
    try:
        g()
    except TypeError as e:
        print(e)
