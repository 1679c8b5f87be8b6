import numpy as np

np.random.seed(42)
print(np.random.rand(3))
print(np.random.randn(2, 2))
print(np.random.randint(0, 10, 5), np.random.randint(5), np.random.randint(1, 7, size=(2, 3)))
print(np.random.random(2), np.random.uniform(-1, 1, 3), np.random.normal(5, 2, 3))
print(np.random.choice(5, 3), np.random.choice([10, 20, 30], 2, replace=False), np.random.choice([1, 2, 3], 5, p=[0.1, 0.2, 0.7]))
print(np.random.permutation(5), np.random.permutation([1, 2, 3]))
a = np.arange(6)
np.random.shuffle(a)
print(a)
l = [1, 2, 3, 4]
np.random.shuffle(l)
print(l)
m = np.arange(6).reshape(3, 2)
np.random.shuffle(m)
print(m)
print(np.random.rand(), np.random.normal(), np.random.standard_normal(2), np.random.exponential(2.0, 2))
