import torch
import torch.nn as nn
import numpy as np
import torchvision
from torchvision import models, transforms


def fill(model):
    """Weights that both have."""
    with torch.no_grad():
        for i, (name, p) in enumerate(model.named_parameters()):
            p.copy_(torch.cos(torch.arange(p.numel()) * 0.37 + i).reshape(p.shape) * (2.0 / max(1, p[0].numel())) ** 0.5 + (1.0 if p.dim() == 1 and "weight" in name else 0.0))


torch.manual_seed(0)
model = models.resnet18(weights=None)
print(sum(p.numel() for p in model.parameters()))
print([k for k in model.state_dict()][:9], len(model.state_dict()))
print(model.layer2)
print(type(model).__name__, type(model.layer1[0]).__name__)
fill(model)
model.eval()
x = torch.sin(torch.arange(3 * 32 * 32) * 0.05).reshape(1, 3, 32, 32)
with torch.no_grad():
    y = model(x)
print(y.shape, [f"{v:.3f}" for v in (y[0, :5] / y.abs().max()).tolist()])
model.fc = nn.Linear(512, 10)
for name, p in model.named_parameters():
    p.requires_grad = name.startswith("fc")
print(model.fc, model(x).shape, sum(p.numel() for p in model.parameters() if p.requires_grad))
model.train()
model(torch.cat([x, x * 2])).sum().backward()
print(model.fc.weight.grad.shape, model.conv1.weight.grad)
for make in [models.resnet34, models.resnet50]:
    print(sum(p.numel() for p in make(weights=None).parameters()))
