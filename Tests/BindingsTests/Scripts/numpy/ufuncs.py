import numpy as np

x = np.array([0.0, 0.5, 1.0, 2.0])
np.set_printoptions(precision=6)
for name in ("exp", "sqrt", "sin", "cos", "tan", "tanh", "log1p", "expm1", "square", "sign", "floor", "ceil", "trunc", "rint", "arctan", "sinh", "cosh", "arcsinh", "exp2", "absolute", "negative"):
    print(name, getattr(np, name)(x))
print(np.log(np.array([1.0, np.e])), np.log2(8), np.log10(1000), np.exp(1), np.sqrt(16))
print(repr(np.sqrt(4)), repr(np.abs(-3)), repr(np.exp([0, 1])), repr(np.floor(2.7)))
print(np.maximum([1, 5], [3, 2]), np.minimum(3, [1, 5]), np.power(2, [1, 2, 3]), np.mod([5, -5], 3), np.add(1, 2), np.subtract(3, 1.5), np.multiply([1, 2], 3), np.divide(7, 2))
print(np.clip([-2, 0.5, 3], 0, 1), np.clip(np.arange(5), 1, None), np.arange(5).clip(1, 3))
print(np.round(2.567, 2), np.round([1.25, 1.35, 2.5]), np.around([1234.567], -2), np.array([1.567]).round(1))
print(np.isnan([1, np.nan]), np.isinf([np.inf, 1]), np.isfinite([np.nan, 1]), np.arctan2(1, 1))
print(np.isclose([1, 2], [1, 2 + 1e-9]), np.allclose([1.0], [1.0 + 1e-9]), np.array_equal([1, 2], [1, 2]), np.array_equal([1], [1, 2]))
print(np.deg2rad(180), np.rad2deg(np.pi), np.logical_and([True, False], True), np.logical_or(False, [True, False]), np.logical_not([1, 0]))
