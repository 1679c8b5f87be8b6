xs = list(range(300)) + list(range(300, 0, -1)) + list(range(100, 400))
print(sorted(xs) == sorted(sorted(xs, reverse=True)), sorted(xs)[::100])
calls = 0
class Item:
    def __init__(self, v):
        self.v = v
    def __lt__(self, other):
        global calls
        calls += 1
        return self.v < other.v
sorted(Item(v) for v in range(1000))
print(calls)
calls = 0
sorted(Item(v) for v in range(1000, 0, -1))
print(calls)
calls = 0
sorted(Item(v * 7919 % 1009) for v in range(1000))
print(calls)
calls = 0
sorted([Item(v) for v in range(500)] + [Item(v) for v in range(500)])
print(calls)
calls = 0
sorted(Item(v % 3) for v in range(500))
print(calls)
