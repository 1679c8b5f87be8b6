class Only:
    def __radd__(self, other):
        return "reflected"


print(1 + Only())
Only() + Only()
