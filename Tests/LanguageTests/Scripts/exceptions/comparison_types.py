for f in [lambda: 1 < "a", lambda: "a" > 1, lambda: None <= None, lambda: [] >= (), lambda: {} < {}, lambda: object() < object(), lambda: 1 < None < 2]:
    try:
        f()
    except TypeError as e:
        print(e)
