import torch

x = torch.tensor([0.5, 1.0, 2.5])
for name in ("lgamma", "digamma", "erf", "erfc", "erfinv", "i0", "sinc"):
    print(name, getattr(torch, name)(x if name != "erfinv" else x / 3))
print(torch.special.expit(x), torch.special.gammaln(x), torch.special.ndtr(x), torch.special.xlogy(x, x))
print(torch.logit(torch.tensor([0.1, 0.5, 0.9])), torch.logaddexp(x, x), torch.hypot(torch.tensor(3.0), torch.tensor(4.0)))
print(torch.heaviside(torch.tensor([-1.0, 0.0, 1.0]), torch.tensor(0.5)), torch.copysign(x, torch.tensor(-1.0)))
print(torch.gcd(torch.tensor([12, 18]), torch.tensor(8)), torch.lcm(torch.tensor([4, 6]), torch.tensor(10)))
print(torch.nan_to_num(torch.tensor([float("nan"), float("inf"), 1.0]), nan=0.0, posinf=9.0))
print(torch.addcmul(torch.ones(2), torch.ones(2), torch.ones(2), value=0.5), torch.lerp(torch.zeros(2), torch.ones(2), 0.3))
print(torch.frac(torch.tensor([1.25, -2.5])), torch.fmod(torch.tensor([5.5, -5.5]), 2), torch.remainder(torch.tensor([5.5, -5.5]), 2))
