class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def add(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def length2(self):
        return self.x * self.x + self.y * self.y


class Counter:
    def __init__(self):
        self.count = 0
        self.total = 0.0

    def step(self, amount):
        self.count += 1
        self.total += amount
        return self


class Loud(Counter):
    def step(self, amount):
        return super().step(amount * 2)


v = Vector(0, 0)
d = Vector(1, 2)
for i in range(150000):
    v = v.add(d)
    w = v * 2
print(v.x, v.y, w.length2())

c = Counter()
for i in range(300000):
    c.step(i).step(1.5)
print(c.count, c.total)

loud = Loud()
for i in range(100000):
    loud.step(i)
print(loud.count, loud.total)
