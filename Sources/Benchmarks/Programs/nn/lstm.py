# An embedding, an LSTM over 100 tokens, the last state to two classes; Adam, batches of 32.
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Embedding(10000, 128)
        self.l = nn.LSTM(128, 64, batch_first=True)
        self.d = nn.Linear(64, 2)

    def forward(self, x):
        return self.d(self.l(self.e(x))[0][:, -1])


torch.set_num_threads(1)
torch.manual_seed(0)
x = torch.randint(0, 10000, (1024, 100))
y = (x[:, 0] < 5000).long()
model = Classifier()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step(i):
    a = i * 32 % 1024
    optimizer.zero_grad()
    loss = F.cross_entropy(model(x[a : a + 32]), y[a : a + 32])
    loss.backward()
    optimizer.step()
    return loss


for i in range(10):
    loss = step(i)
print(f"loss {loss.item():.4f}")
start = time.process_time()
for i in range(60):
    step(i)
print(f"step {(time.process_time() - start) / 60 * 1e6:.2f} us")
