class Wrong:
    def __index__(self):
        return "a"

    def __float__(self):
        return "b"


for attempt in (lambda: [1][Wrong()], lambda: float(Wrong()), lambda: range(Wrong())):
    try:
        attempt()
    except TypeError as error:
        print(error)
