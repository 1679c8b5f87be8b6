class Version:
    def __init__(self, *parts):
        self.parts = parts
    def __lt__(self, other):
        return self.parts < other.parts
    def __repr__(self):
        return ".".join(map(str, self.parts))
print(sorted([Version(1, 10), Version(1, 2), Version(0, 9)]), max([1, 5, 3]), min("hello"), max(["aa", "b"], key=len))
