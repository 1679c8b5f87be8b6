import numpy as np

r = np.random.RandomState(0)
print(r.rand(2), r.randn(2), r.randint(10, size=3), r.uniform(0, 5), r.normal(size=2))
print(r.permutation(4), r.choice(10, 3, replace=False), r.random_sample(2))
q = np.random.RandomState(0)
print(q.rand(2))
for f in (lambda: np.random.randint(5, 5), lambda: np.random.choice(3, 5, replace=False), lambda: np.random.choice([1, 2], p=[1.0]), lambda: np.random.seed(-1)):
    try:
        f()
    except ValueError as e:
        print(e)
