import torch
from torchvision import models
for make in [models.resnet18, models.resnet50]:
    torch.manual_seed(0)
    m = make(weights=None, num_classes=10)
    print(make.__name__, [f"{p.double().sum().item():.3f}" for p in list(m.parameters())[:8]], [f"{p.double().abs().sum().item():.2f}" for p in list(m.parameters())[-4:]])
    torch.manual_seed(0)
    m.eval()
    print([f"{v:.3f}" for v in m(torch.rand(1, 3, 64, 64)).flatten().tolist()])
