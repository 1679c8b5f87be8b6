import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(2 * 4 * 4, 3))
features, grads = {}, {}


def save(name):
    def hook(module, inputs, output):
        features[name] = output
    return hook


def save_grad(module, grad_input, grad_output):
    grads[type(module).__name__] = grad_output[0]


handles = [layer.register_forward_hook(save(name)) for name, layer in model.named_children()]
model[0].register_full_backward_hook(save_grad)
x = torch.randn(1, 1, 6, 6)
score = model(x)[0].max()
score.backward()
for name, value in features.items():
    print(name, tuple(value.shape))
print(grads['Conv2d'].shape)
weights = grads['Conv2d'].mean(dim=(2, 3), keepdim=True)
cam = torch.relu((weights * features['0']).sum(1)).detach()
print(cam.shape, (cam * 1000).round())
for h in handles:
    h.remove()
features.clear()
model(x)
print(features)


def double(module, args, output):
    return output * 2


m = nn.Linear(2, 2)
y = m(torch.ones(1, 2))
with m.register_forward_hook(double):
    print(torch.allclose(m(torch.ones(1, 2)), 2 * y))
print(torch.allclose(m(torch.ones(1, 2)), y))
w = torch.nn.Parameter(torch.ones(2))
w.register_hook(lambda g: g * 10)
(w * 3).sum().backward()
print(w.grad)
