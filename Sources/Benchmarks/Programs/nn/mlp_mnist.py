# A perceptron of the size of MNIST, SGD with momentum, batches of 128.
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(0)
x, y = torch.rand(8192, 784), torch.randint(0, 10, (8192,))
model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)


def step(i):
    a = i * 128 % 8192
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x[a : a + 128]), y[a : a + 128])
    loss.backward()
    optimizer.step()
    return loss


for i in range(64):
    loss = step(i)
print(f"loss {loss.item():.4f}")
start = time.process_time()
for i in range(200):
    step(i)
print(f"step {(time.process_time() - start) / 200 * 1e6:.2f} us")
