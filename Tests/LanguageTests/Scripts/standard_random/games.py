import random
random.seed(0); print([random.randint(1, 6) for _ in range(10)], random.sample('abcdefgh', 3), random.choices('ab', k=5), round(random.gauss(0, 1), 6)); x = [1, 2, 3, 4, 5]; random.shuffle(x); print(x)
