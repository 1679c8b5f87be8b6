def g():
    yield from (3, 1, 2)
print(max(g()), min(g()), max(g(), key=lambda x: -x), min(g(), key=str))
print(max(range(10 ** 6)), min([], default=None), max((), default=0, key=abs))
for wrong in [lambda: max([]), lambda: min(()), lambda: max(), lambda: max(1, 2, default=3), lambda: max(5), lambda: min([1, 'a'])]:
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(max([1, 1.0, True]), min(1.0, 1), max('b', 'a', key=lambda c: 0))
seen = []
class Key:
    def __init__(self, value): self.value = value
    def __gt__(self, other): seen.append(self.value); return self.value > other.value
    def __lt__(self, other): seen.append(-self.value); return self.value < other.value
print(max([Key(1), Key(3), Key(2)]).value, min([Key(1), Key(3), Key(2)]).value, seen)
