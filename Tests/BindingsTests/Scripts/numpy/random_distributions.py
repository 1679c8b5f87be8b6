import numpy as np

def show(name, f):
    try:
        print(name, f())
    except (ValueError, TypeError) as e:
        print(name, type(e).__name__, e)

calls = [
    ('beta', (2, 3)), ('beta', (0.5, 0.7)), ('gamma', (0.5, 2.0)), ('gamma', (3.0,)), ('gamma', (1.0, 3.0)),
    ('standard_gamma', (2.5,)), ('standard_exponential', ()), ('chisquare', (3,)), ('standard_t', (4,)),
    ('laplace', ()), ('logistic', (1, 2)), ('lognormal', (0, 0.5)), ('gumbel', ()), ('rayleigh', (2,)),
    ('weibull', (1.5,)), ('triangular', (0, 1, 3)), ('poisson', (0.5,)), ('poisson', (4,)), ('poisson', (50,)),
    ('binomial', (10, 0.3)), ('binomial', (10, 0.8)), ('binomial', (500, 0.4)), ('binomial', (1000, 0.9)),
    ('geometric', (0.5,)), ('geometric', (0.1,)), ('exponential', (2.0,)),
]
for name, arguments in calls:
    np.random.seed(7)
    show('legacy ' + name, lambda: getattr(np.random, name)(*arguments, size=8))
    rng = np.random.default_rng(7)
    show('new ' + name, lambda: getattr(rng, name)(*arguments, size=8))
for name, arguments in calls:
    rng = np.random.default_rng(1)
    x = getattr(rng, name)(*arguments, size=5000)
    state = np.random.RandomState(1)
    y = getattr(state, name)(*arguments, size=5000)
    print(name, '%.7g %.7g' % (x.sum(), y.sum()))
rng = np.random.default_rng(42)
print(rng.random(), rng.random(3), rng.integers(10), rng.integers(5, 10, size=(2, 3)))
print(rng.integers(1, 6, size=5, endpoint=True), rng.standard_normal(4), rng.normal(10, 2, 3))
print(rng.uniform(-1, 1, (2, 2)), rng.choice(10, 4, replace=False), rng.choice([1.5, 2.5], 3))
print(rng.permutation(6), rng.choice(4, 6, p=[0.1, 0.2, 0.3, 0.4]), rng.exponential(), rng.poisson())
x = [1, 2, 3, 4]
rng.shuffle(x)
print(x)
a = np.arange(12).reshape(4, 3)
rng.shuffle(a)
print(a)
print(rng.permutation(a, axis=1))
print(np.random.default_rng([1, 2, 3]).random(2))
print(np.random.default_rng(0).binomial([10, 20], [0.2, 0.5]), np.random.default_rng(0).normal(np.array([0.0, 100.0]), 1.0))
show('bad', lambda: np.random.default_rng(0).binomial(10, 2))
show('bad', lambda: np.random.default_rng(0).poisson(-1))
show('bad', lambda: np.random.default_rng(0).integers(5, 5))
show('bad', lambda: np.random.default_rng(-1))
