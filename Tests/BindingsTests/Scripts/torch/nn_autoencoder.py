import torch
from torch import nn

torch.manual_seed(9)


class AutoEncoder(nn.Module):
    def __init__(self, n_in=12, n_hidden=3):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(n_in, 8), nn.ELU(), nn.Linear(8, n_hidden))
        self.decoder = nn.Sequential(nn.Linear(n_hidden, 8), nn.ELU(), nn.Linear(8, n_in), nn.Sigmoid())

    def forward(self, x):
        return self.decoder(self.encoder(x))


net = AutoEncoder()
x = torch.rand(20, 12)
opt = torch.optim.NAdam(net.parameters(), lr=0.01)
for epoch in range(30):
    loss = nn.MSELoss()(net(x), x)
    opt.zero_grad()
    loss.backward()
    opt.step()
    if epoch % 10 == 9:
        print(f"{epoch + 1}: {loss.item():.5f}")
print(net.encoder(x[:2]))
print([tuple(p.shape) for p in net.parameters()])
