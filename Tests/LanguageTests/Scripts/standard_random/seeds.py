import random
for seed in [0, 1, -1, 12345678901234567890123, 2.5, "hello", "", "naïve ☃", b"bytes", True]:
    random.seed(seed)
    print(repr(seed), random.random(), random.getrandbits(40))
r = random.Random(3)
q = random.Random(3)
print(r.random() == q.random(), r.randint(1, 6), r.choice("xyz"), r.gauss(0, 1))
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], state[0], len(state[1]))
random.seed(1)
first = random.random()
random.seed()
print(first, random.random() != first)
class Dice(random.Random):
    def roll(self):
        return self.randint(1, 6)
print([Dice(5).roll() for _ in range(3)])
try:
    random.seed([1])
except TypeError as e:
    print(e)
