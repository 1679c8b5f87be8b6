for f in [lambda: hash([]), lambda: {{}: 1}, lambda: {set()}, lambda: hash(slice(1)), lambda: {}.get([])]:
    try:
        f()
    except TypeError as e:
        print(e)
