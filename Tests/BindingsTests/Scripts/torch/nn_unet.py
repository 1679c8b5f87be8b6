import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def double_conv(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True),
                         nn.Conv2d(o, o, 3, padding=1), nn.GroupNorm(2, o), nn.SiLU())


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1, self.down2 = double_conv(1, 4), double_conv(4, 8)
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(8, 4, kernel_size=2, stride=2)
        self.conv = double_conv(8, 4)
        self.out = nn.Conv2d(4, 1, 1)

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(self.pool(d1))
        u = torch.cat([self.up(d2), d1], dim=1)
        return self.out(self.conv(u))


net = UNet()
x = torch.randn(2, 1, 8, 8)
y = (x > 0).float()
opt = torch.optim.RMSprop(net.parameters(), lr=0.005)
for i in range(4):
    loss = F.binary_cross_entropy_with_logits(net(x), y)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
    print(f"{loss.item():.4f}")
print(net(x).shape, sum(p.numel() for p in net.parameters()))
print(F.interpolate(x[:1, :, :2, :2], scale_factor=2, mode='bilinear', align_corners=False))
print(net.down1)
