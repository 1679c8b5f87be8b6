# Two convolutions with pools and two dense layers, Adam, batches of 64.
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)
x, y = torch.rand(1024, 1, 28, 28), torch.randint(0, 10, (1024,))
model = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step(i):
    a = i * 64 % 1024
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x[a : a + 64]), y[a : a + 64])
    loss.backward()
    optimizer.step()
    return loss


for i in range(16):
    loss = step(i)
print(f"loss {loss.item():.4f}")
start = time.process_time()
for i in range(60):
    step(i)
print(f"step {(time.process_time() - start) / 60 * 1e6:.2f} us")
