import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Linear(3, 1)
x, y = torch.randn(12, 3), torch.randn(12, 1)
full = nn.functional.mse_loss(model(x), y)
full.backward()
whole = model.weight.grad.clone()
model.zero_grad()
print(model.weight.grad)
for xb, yb in zip(x.chunk(4), y.chunk(4)):
    loss = nn.functional.mse_loss(model(xb), yb) / 4
    loss.backward()
print(torch.allclose(whole, model.weight.grad, atol=1e-6))
total = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.1)
print(f"{total:.4f}", f"{model.weight.grad.norm():.4f}")
torch.nn.utils.clip_grad_value_(model.parameters(), 0.02)
print(model.weight.grad.abs().max() <= 0.02)
vec = torch.nn.utils.parameters_to_vector(model.parameters())
print(vec.shape)
torch.nn.utils.vector_to_parameters(torch.arange(4.0), model.parameters())
print(model.weight, model.bias)

ema = {k: v.clone() for k, v in model.state_dict().items()}
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(3):
    opt.zero_grad()
    nn.functional.mse_loss(model(x), y).backward()
    opt.step()
    with torch.no_grad():
        for k, v in model.state_dict().items():
            ema[k].mul_(0.9).add_(v, alpha=0.1)
print(ema)
