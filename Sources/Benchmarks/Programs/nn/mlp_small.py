# A small perceptron, Adam, batches of 32: the plain loop of PyTorch. Prints the loss and the CPU time
# of a step, under PyTorch and under `swiftlet run`.
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)
x, y = torch.rand(1792, 64), torch.randint(0, 10, (1792,))
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step(i):
    a = i * 32 % 1792
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x[a : a + 32]), y[a : a + 32])
    loss.backward()
    optimizer.step()
    return loss


for i in range(200):
    loss = step(i)
print(f"loss {loss.item():.4f}")
start = time.process_time()
for i in range(2000):
    step(i)
print(f"step {(time.process_time() - start) / 2000 * 1e6:.2f} us")
