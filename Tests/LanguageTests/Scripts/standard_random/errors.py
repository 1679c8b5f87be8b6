import random
for case in [lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.randrange(0),
             lambda: random.sample([1, 2], 3), lambda: random.sample({1, 2}, 1), lambda: random.randrange(1, 5, 0),
             lambda: random.choices([1], weights=[1, 2]), lambda: random.choices([1], weights=[0]),
             lambda: random.getrandbits(-1), lambda: random.choices([1], weights=[1], cum_weights=[1]),
             lambda: random.randint(1, 2.5), lambda: random.choice(5), lambda: random.expovariate(0),
             lambda: random.gammavariate(0, 1), lambda: random.choices([]), lambda: random.randrange(3, 3)]:
    try:
        print(case())
    except Exception as e:
        print(type(e).__name__, e)
