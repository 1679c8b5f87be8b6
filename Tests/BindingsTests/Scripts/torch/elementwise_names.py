import torch
torch.set_printoptions(precision=3)
x = torch.tensor([0.5, -0.25, 2.0])
for n in ['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'deg2rad', 'digamma', 'erf', 'erfc', 'erfinv', 'exp', 'exp2', 'expm1', 'floor', 'frac', 'isfinite', 'isinf', 'isnan', 'lgamma', 'log', 'log10', 'log1p', 'log2', 'logit', 'neg', 'positive', 'rad2deg', 'reciprocal', 'relu', 'round', 'rsqrt', 'sigmoid', 'sign', 'sgn', 'sin', 'sinc', 'sinh', 'sqrt', 'square', 'tan', 'tanh', 'trunc', 'signbit', 'i0', 'nan_to_num', 'selu', 'celu', 'softmax', 'log_softmax', 'hardshrink']:
    f = getattr(torch, n)
    print(n, f(x, 0) if n in ('softmax', 'log_softmax') else f(x))
y = torch.tensor([2., 3., -1.])
for n in ['add', 'sub', 'mul', 'div', 'pow', 'fmod', 'remainder', 'floor_divide', 'maximum', 'minimum', 'fmax', 'fmin', 'atan2', 'hypot', 'copysign', 'nextafter', 'logaddexp', 'logaddexp2', 'xlogy', 'ldexp', 'float_power', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'logical_and', 'logical_or', 'logical_xor', 'heaviside', 'true_divide', 'isclose', 'dist', 'lerp']:
    f = getattr(torch, n)
    print(n, f(x, y, 0.5) if n == 'lerp' else f(x, y))
i = torch.tensor([12, 5, 7])
j = torch.tensor([10, 3, 2])
for n in ['bitwise_and', 'bitwise_or', 'bitwise_xor', 'bitwise_left_shift', 'bitwise_right_shift', 'gcd', 'lcm', 'floor_divide', 'remainder', 'fmod', 'pow', 'div', 'true_divide']:
    print(n, getattr(torch, n)(i, j))
print(torch.clamp(x, 0, 1), torch.clamp(x, min=0), x.clip(max=1), torch.addcmul(x, x, y, value=2), torch.addcdiv(x, x, y), torch.lerp(x, y, 0.5), torch.where(x > 0, x, y), torch.div(i, j, rounding_mode='floor'), torch.div(-i, j, rounding_mode='trunc'), torch.round(torch.tensor([1.2345]), decimals=2), torch.polygamma(1, y.abs()), torch.mvlgamma(torch.tensor([3.]), 2), torch.special.expit(x), torch.special.gammaln(y.abs()), torch.special.erf(x), torch.special.logit(torch.tensor([0.3])), torch.special.log_ndtr(x), torch.special.entr(torch.tensor([0.5])), torch.special.softmax(x, 0), torch.special.xlog1py(x, torch.ones(3)), torch.special.ndtr(x), torch.cumsum(i, 0), torch.rsub(x, 1), 1 - x, 2 / x, 2 ** x, x % 0.3, -x, abs(x), x // 0.3, divmod(7, 2))
