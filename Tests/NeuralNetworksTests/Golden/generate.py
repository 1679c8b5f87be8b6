"""Records what PyTorch's layers, losses and optimizers give, for GoldenTests.swift.

    python3 -m venv torchvenv && torchvenv/bin/pip install torch numpy
    torchvenv/bin/python generate.py

Writes torch.json beside this file.
"""
import json
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(30)
torch.set_num_threads(1)


def text(x):
    if x.dtype == torch.float32:
        return " ".join(str(v) for v in x.reshape(-1).numpy())
    return " ".join(repr(v) for v in x.reshape(-1).tolist())


def pack(x):
    x = x.detach()
    return {"dtype": str(x.dtype).replace("torch.", ""), "shape": list(x.shape), "data": text(x)}


def rand(*shape, low=-2.0, high=2.0):
    return (torch.rand(shape) * (high - low) + low)


LOSSES = []


def loss(name, f, prediction, target, **options):
    for reduction in ("mean", "sum", "none"):
        p = prediction.clone().requires_grad_(True)
        out = f(p, target, reduction)
        out.sum().backward()
        LOSSES.append({"name": name, "reduction": reduction, "options": options, "prediction": pack(p),
                       "target": pack(target), "output": pack(out), "gradient": pack(p.grad),
                       "function": out.grad_fn.name()})


classes = torch.tensor([0, 3, 1, 2, 3, 0])
logits = rand(6, 4, low=-4, high=4)
rows = torch.softmax(rand(6, 4), 1)
weights = torch.tensor([1.0, 0.5, 2.0, 0.25])
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, reduction=r), logits, classes)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, reduction=r), logits * 300, classes)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, reduction=r), logits, rows)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, weight=weights, reduction=r), logits, classes, weights=pack(weights))
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, label_smoothing=0.1, reduction=r), logits, classes, smoothing=0.1)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, weight=weights, label_smoothing=0.2, reduction=r), logits, classes, weights=pack(weights), smoothing=0.2)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, ignore_index=3, reduction=r), logits, classes, ignored=3)
loss("cross_entropy", lambda p, t, r: F.cross_entropy(p, t, reduction=r), rand(2, 3, 5), torch.randint(0, 3, (2, 5)))
loss("nll", lambda p, t, r: F.nll_loss(p, t, reduction=r), torch.log_softmax(logits, 1), classes)
loss("nll", lambda p, t, r: F.nll_loss(p, t, weight=weights, reduction=r), torch.log_softmax(logits, 1), classes, weights=pack(weights))
loss("mse", lambda p, t, r: F.mse_loss(p, t, reduction=r), rand(5, 3), rand(5, 3))
loss("l1", lambda p, t, r: F.l1_loss(p, t, reduction=r), rand(5, 3), rand(5, 3))
loss("huber", lambda p, t, r: F.huber_loss(p, t, delta=0.7, reduction=r), rand(5, 3), rand(5, 3), delta=0.7)
loss("bce", lambda p, t, r: F.binary_cross_entropy(p, t, reduction=r), rand(7, low=0.01, high=0.99), torch.rand(7))
loss("bce", lambda p, t, r: F.binary_cross_entropy(p, t, reduction=r), torch.tensor([0.0, 1.0, 1e-30, 0.5]), torch.tensor([0.0, 1.0, 0.0, 1.0]))
loss("bce_logits", lambda p, t, r: F.binary_cross_entropy_with_logits(p, t, reduction=r), rand(7, low=-9, high=9), torch.rand(7))
loss("bce_logits", lambda p, t, r: F.binary_cross_entropy_with_logits(p, t, reduction=r), torch.tensor([1000.0, -1000.0, 0.0]), torch.tensor([1.0, 1.0, 0.0]))

OPTIMIZERS = []


def trajectory(kind, make, **options):
    torch.manual_seed(4)
    w = torch.randn(3, 2).requires_grad_(True)
    b = torch.randn(2).requires_grad_(True)
    x, y = torch.randn(8, 3), torch.randn(8, 2)
    start = [pack(w), pack(b)]
    opt = make([w, b])
    steps = []
    for _ in range(6):
        opt.zero_grad()
        ((x @ w + b - y) ** 2).mean().backward()
        opt.step()
        steps.append([pack(w), pack(b)])
    OPTIMIZERS.append({"kind": kind, "options": options, "x": pack(x), "y": pack(y), "start": start, "steps": steps})


O = torch.optim
trajectory("SGD", lambda p: O.SGD(p, lr=0.1), learningRate=0.1)
trajectory("SGD", lambda p: O.SGD(p, lr=0.1, momentum=0.9), learningRate=0.1, momentum=0.9)
trajectory("SGD", lambda p: O.SGD(p, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.05), learningRate=0.1, momentum=0.9, dampening=0.3, weightDecay=0.05)
trajectory("SGD", lambda p: O.SGD(p, lr=0.1, momentum=0.8, nesterov=True), learningRate=0.1, momentum=0.8, nesterov=True)
trajectory("SGD", lambda p: O.SGD(p, lr=0.01, maximize=True, momentum=0.5), learningRate=0.01, momentum=0.5, maximize=True)
trajectory("Adam", lambda p: O.Adam(p, lr=0.05), learningRate=0.05)
trajectory("Adam", lambda p: O.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1), learningRate=0.05, beta1=0.8, beta2=0.95, epsilon=1e-3, weightDecay=0.1)
trajectory("AdamW", lambda p: O.AdamW(p, lr=0.05, weight_decay=0.1), learningRate=0.05, weightDecay=0.1)
trajectory("Adam", lambda p: O.Adam(p, lr=0.01, maximize=True), learningRate=0.01, maximize=True)

LAYERS = []


def layer(name, module, shape):
    module.eval()
    x = rand(*shape).requires_grad_(True)
    out = module(x)
    out.backward((torch.arange(out.numel()) + 1.0).reshape(out.shape) / out.numel())
    LAYERS.append({"name": name, "input": pack(x), "output": pack(out), "gradient": pack(x.grad),
                   "state": [[k, pack(v)] for k, v in module.state_dict().items()],
                   "parameterGradients": [pack(p.grad) for p in module.parameters()],
                   "printed": str(module)})


for name, m in (("relu", nn.ReLU()), ("sigmoid", nn.Sigmoid()), ("tanh", nn.Tanh()), ("gelu", nn.GELU()),
                ("softmax", nn.Softmax(dim=1)), ("log_softmax", nn.LogSoftmax(dim=1)), ("softplus", nn.Softplus()),
                ("silu", nn.SiLU()), ("elu", nn.ELU()), ("leaky_relu", nn.LeakyReLU())):
    layer(name, m, (4, 5))
layer("linear", nn.Linear(5, 3), (4, 5))
layer("linear", nn.Linear(5, 3, bias=False), (2, 4, 5))
layer("flatten", nn.Flatten(), (2, 3, 4))
layer("mlp", nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.ReLU(), nn.Dropout(0.3), nn.Linear(5, 2)), (3, 2, 3))

# A seeded run from the first draw to the last step, as a lesson has it.
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.25), nn.Linear(8, 3))
x = torch.randn(20, 4)
y = torch.randint(0, 3, (20,))
opt = torch.optim.Adam(model.parameters(), lr=0.05)
RUN = []
for _ in range(10):
    opt.zero_grad()
    l = F.cross_entropy(model(x), y)
    l.backward()
    opt.step()
    RUN.append(l.item())

with open(os.path.join(HERE, "torch.json"), "w") as f:
    json.dump({"framework": "torch " + torch.__version__, "seed": 30, "command": "python generate.py",
               "losses": LOSSES, "optimizers": OPTIMIZERS, "layers": LAYERS, "run": RUN}, f, indent=0, separators=(",", ":"))
    f.write("\n")
print(len(LOSSES), len(OPTIMIZERS), len(LAYERS), RUN)
