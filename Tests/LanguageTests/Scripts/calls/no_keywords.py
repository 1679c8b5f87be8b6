for attempt in (lambda: "a".lower(1, sep=2), lambda: [].count(1, 2, key=3), lambda: (1).__add__(2, x=3)):
    try:
        attempt()
    except TypeError as error:
        print(error)
