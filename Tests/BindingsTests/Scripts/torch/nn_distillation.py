import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(11)
teacher = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3)).eval()
student = nn.Sequential(nn.Linear(4, 3))
x = torch.randn(32, 4)
labels = torch.randint(0, 3, (32,))
T, alpha = 2.0, 0.7
opt = torch.optim.Adamax(student.parameters(), lr=0.02)
for step in range(6):
    with torch.no_grad():
        t = teacher(x)
    s = student(x)
    soft = F.kl_div(F.log_softmax(s / T, dim=1), F.softmax(t / T, dim=1), reduction='batchmean') * T * T
    hard = F.cross_entropy(s, labels)
    loss = alpha * soft + (1 - alpha) * hard
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f"{soft.item():.4f} {hard.item():.4f} {loss.item():.4f}")
print(all(p.grad is None for p in teacher.parameters()))
