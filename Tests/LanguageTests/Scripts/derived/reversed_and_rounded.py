class Row(list):
    pass


class Count(int):
    def __iter__(self):
        return iter(range(self))


print(list(reversed(Row([1, 2, 3]))), round(Count(5)), list(Count(3)), divmod(Count(7), 2))


class Sized:
    def __getitem__(self, index):
        return index


reversed(Sized())
