class Loud(list):
    def __init__(self, *items, tag=None):
        super().__init__(*items)
        self.tag = tag

    def append(self, item):
        super().append(item * 2)

    def __getitem__(self, index):
        return ('got', super().__getitem__(index))

    def __len__(self):
        return 99

loud = Loud([1, 2], tag='q')
loud.append(3)
print(loud, loud[0], len(loud), loud.tag, list(loud), 2 in loud, sorted(loud), loud == [1, 2, 6])
print(loud.__dict__, [x for x in loud], bool(loud))

class Stack(list):
    def push(self, item):
        self.append(item)

    def peek(self):
        return self[-1]

    def __repr__(self):
        return f'Stack({list.__repr__(self)})'

s = Stack()
s.push(1)
s.push(2)
print(s, s.peek(), s.pop(), s, bool(s), s + [1], [0] + s)

class Backwards(list):
    def __iter__(self):
        return iter(sorted(list.__iter__(self), reverse=True))

b = Backwards([1, 3, 2])
print(list(b), tuple(b), [*b], max(b), b)
for item in b:
    print(item)
