# lesson: MNIST-like training loop with CNN
import torch
from torch import nn, optim
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
from collections import OrderedDict
torch.manual_seed(42)
X = torch.randn(64, 1, 8, 8); y = torch.randint(0, 3, (64,))
class CNN(nn.Module):
    def __init__(self, num_classes=3):
        super(CNN, self).__init__()
        self.features = nn.Sequential(OrderedDict([
            ('conv1', nn.Conv2d(1, 4, kernel_size=3, padding=1)),
            ('bn1', nn.BatchNorm2d(4)),
            ('relu1', nn.ReLU(inplace=True)),
            ('pool1', nn.MaxPool2d(2)),
        ]))
        self.dropout = nn.Dropout(0.25)
        self.classifier = nn.Linear(4 * 4 * 4, num_classes)
    def forward(self, x):
        x = self.features(x)
        x = torch.flatten(x, 1)
        return self.classifier(self.dropout(x))
model = CNN()
print(model)
print(f"Total parameters: {sum(p.numel() for p in model.parameters() if p.requires_grad):,}")
loader = DataLoader(TensorDataset(X, y), batch_size=16, shuffle=True)
criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
for epoch in range(4):
    model.train(); running = 0.0; correct = 0
    for xb, yb in loader:
        optimizer.zero_grad()
        out = model(xb)
        loss = criterion(out, yb)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        running += loss.item() * xb.size(0)
        correct += (out.argmax(1) == yb).sum().item()
    scheduler.step()
    print(f"epoch {epoch+1} loss {running/len(loader.dataset):.4f} acc {correct/len(X):.3f} lr {scheduler.get_last_lr()[0]:.4f}")
model.eval()
with torch.no_grad():
    print((model(X).argmax(1) == y).float().mean())
print(model.features.bn1.running_mean, model.features.bn1.num_batches_tracked)
for name, module in model.named_modules(): print(name, type(module).__name__)
for n, p in model.named_parameters(): print(f"{n:25s} {str(tuple(p.shape)):15s} {p.requires_grad}")
for p in model.features.parameters(): p.requires_grad = False
print(sum(p.numel() for p in model.parameters() if p.requires_grad))
model.classifier = nn.Linear(64, 5)
print(model.classifier, model(X[:2]).shape)
import io
buf = io.BytesIO(); torch.save(model.state_dict(), buf); buf.seek(0)
m2 = CNN(5); print(m2.load_state_dict(torch.load(buf))); m2.eval()
print(torch.allclose(m2(X[:4]), model(X[:4])))
print(model.features[0].weight.shape, model.features.conv1.bias.shape)
acts = {}
def hook(name):
    def fn(mod, inp, out): acts[name] = out.detach().shape
    return fn
for n, mm in model.named_children(): mm.register_forward_hook(hook(n))
model(X[:2]); print(acts)
print(next(model.parameters()).device, next(iter(model.state_dict().items()))[0])
