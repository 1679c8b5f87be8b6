import torch

x = torch.tensor([0.0, 0.5, 1.0, 2.0])
for name in ("exp", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "relu", "log1p", "expm1", "square", "sign", "floor", "ceil", "trunc", "round", "atan", "sinh", "cosh", "asinh", "erf", "erfc", "exp2", "abs", "neg", "rsqrt", "reciprocal"):
    print(name, getattr(torch, name)(x), getattr(x, name)())
print(torch.log(torch.tensor([1.0, 2.718281828])), torch.log2(torch.tensor(8.0)), torch.log10(torch.tensor(1000.0)), torch.acos(torch.tensor([0.0, 1.0])), torch.asin(torch.tensor(1.0)), torch.acosh(torch.tensor(2.0)), torch.atanh(torch.tensor(0.5)))
print(x.clamp(0.3, 1.5), torch.clamp(x, min=0.7), x.clamp(max=1.0), torch.clip(x, 0, 1), x.clamp(torch.tensor(0.2), torch.tensor(0.8)))
print(torch.round(torch.tensor([1.234, 5.678]), decimals=1), torch.atan2(torch.tensor(1.0), torch.tensor(1.0)), torch.lerp(x, x + 1, 0.5))
print(torch.isnan(torch.tensor([1.0, float("nan")])), torch.isinf(torch.tensor([1.0, float("inf")])), torch.isfinite(x), torch.logical_not(torch.tensor([True, False])), torch.logical_and(torch.tensor([True]), torch.tensor([False])))
print(torch.isclose(x, x + 1e-9), torch.allclose(x, x + 1e-9), torch.equal(x, x), torch.eq(x, 0.5), torch.gt(x, 0.5), x.le(1))
print(torch.softmax(x, dim=0), x.softmax(0), torch.log_softmax(x, -1), torch.where(x > 0.7, x, torch.zeros(4)), torch.where(x > 0.7, 1.0, 0.0), torch.where(x > 0.7, 1, 0))
