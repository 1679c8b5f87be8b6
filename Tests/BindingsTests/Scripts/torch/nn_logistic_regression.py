import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader

rng = np.random.RandomState(1)
X = rng.randn(60, 2).astype(np.float32)
y = (X[:, 0] + 2 * X[:, 1] > 0.3).astype(np.float32)
torch.manual_seed(0)
ds = TensorDataset(torch.from_numpy(X), torch.from_numpy(y))
loader = DataLoader(ds, batch_size=20, shuffle=True)
model = nn.Linear(2, 1)
criterion = nn.BCEWithLogitsLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(10):
    for xb, yb in loader:
        loss = criterion(model(xb).squeeze(1), yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if epoch % 3 == 0:
        print(f"Epoch {epoch}: loss = {loss.item():.4f}")
with torch.no_grad():
    pred = (torch.sigmoid(model(torch.from_numpy(X))).squeeze() > 0.5).float()
    print(f"accuracy: {(pred.numpy() == y).mean():.3f}")
print(model.weight.data, model.bias.data)
try:
    criterion(model(xb), yb)
except ValueError as e:
    print(e)
