import random
random.seed(42); print(random.random(), random.randint(1, 100), random.choice('abcdef'), random.sample(range(100), 5), random.uniform(1, 2), random.gauss(0, 1), random.randrange(0, 100, 7), random.choices([1, 2, 3], weights=[1, 2, 3], k=5), random.getrandbits(40), random.triangular(0, 1, 0.5), random.betavariate(1, 2), random.expovariate(1), random.normalvariate(0, 1), random.lognormvariate(0, 1), random.vonmisesvariate(0, 1), random.gammavariate(2, 1), random.paretovariate(3), random.weibullvariate(1, 2), random.randbytes(3))
l = list(range(10)); random.shuffle(l); print(l)
r = random.Random(7); print(r.random(), r.choice([1, 2, 3])); s = r.getstate(); a = r.random(); r.setstate(s); print(a == r.random())
random.seed('abc'); print(random.random()); random.seed(3.5); print(random.random()); random.seed(b'x'); print(random.randint(0, 10))
for f in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 5), lambda: random.randrange(0), lambda: random.choices([], k=1), lambda: random.sample({1, 2}, 1), lambda: random.choices([1, 2], weights=[0, 0]), lambda: random.randrange(1, 5, 0), lambda: random.shuffle((1, 2))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
