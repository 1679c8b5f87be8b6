class Number:
    def __rdivmod__(self, other):
        return "reflected", other

    def __radd__(self, other):
        return "added", other


print(divmod(7, Number()))
values = [1]
values += Number()
print(values)
divmod("a", 1)
