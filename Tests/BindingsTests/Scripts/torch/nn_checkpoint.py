import io
import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
opt = torch.optim.Adam(model.parameters(), lr=0.01)
sched = torch.optim.lr_scheduler.ExponentialLR(opt, 0.9)
x, y = torch.randn(8, 2), torch.randn(8, 1)


def train(model, opt, sched, steps):
    for _ in range(steps):
        opt.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        opt.step()
        sched.step()
    return loss.item()


print(f"{train(model, opt, sched, 5):.5f}")
buffer = io.BytesIO()
torch.save({'epoch': 5, 'model_state_dict': model.state_dict(), 'optimizer_state_dict': opt.state_dict(),
            'scheduler': sched.state_dict()}, buffer)
expected = train(model, opt, sched, 5)
buffer.seek(0)
checkpoint = torch.load(buffer)
print(checkpoint['epoch'], list(checkpoint['model_state_dict']))
new = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
new_opt = torch.optim.Adam(new.parameters(), lr=0.5)
new_sched = torch.optim.lr_scheduler.ExponentialLR(new_opt, 0.9)
new.load_state_dict(checkpoint['model_state_dict'])
new_opt.load_state_dict(checkpoint['optimizer_state_dict'])
new_sched.load_state_dict(checkpoint['scheduler'])
print(new_opt.param_groups[0]['lr'], new_sched.last_epoch)
print(abs(train(new, new_opt, new_sched, 5) - expected) < 1e-6)
print(new_opt.state_dict()['state'][3])
partial = {k: v for k, v in checkpoint['model_state_dict'].items() if k.startswith('0.')}
print(new.load_state_dict(partial, strict=False))
