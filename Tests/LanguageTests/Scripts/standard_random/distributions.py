import random
random.seed(7)
print([random.gauss(0, 1) for _ in range(5)], random.gauss(10, 2.5))
print([random.normalvariate(5, 2) for _ in range(4)])
print([random.expovariate(1.5) for _ in range(3)], [random.lognormvariate(0, 1) for _ in range(2)])
print([random.betavariate(2, 3) for _ in range(3)], [random.gammavariate(0.5, 2) for _ in range(3)])
print([random.gammavariate(3.5, 1) for _ in range(3)], random.gammavariate(1.0, 2.0))
print([random.triangular() for _ in range(2)], random.triangular(1, 5, 2), random.triangular(0, 10))
print(random.paretovariate(3), random.weibullvariate(1, 1.5), random.vonmisesvariate(1, 4), random.vonmisesvariate(0, 0))
