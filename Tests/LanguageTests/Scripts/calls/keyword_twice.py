def show(**named):
    return named


for attempt in (lambda: show(x=1, **{"x": 2}), lambda: show(**{"x": 1}, x=2), lambda: dict(a=1, **{"a": 2})):
    try:
        attempt()
    except TypeError as error:
        print(error)
