import torch
import torch.nn as nn
torch.manual_seed(0)
x = torch.randn(2, 3, 4, 6, 6)
layers = [nn.Conv3d(3, 4, 3), nn.Conv3d(3, 6, (1, 3, 3), stride=(1, 2, 2), padding=(0, 1, 1), groups=3, bias=False), nn.ConvTranspose3d(3, 2, 2, stride=2), nn.MaxPool3d(2), nn.MaxPool3d((1, 2, 2), stride=(1, 2, 2)), nn.AvgPool3d(2, padding=1), nn.AdaptiveAvgPool3d((1, 2, None)), nn.AdaptiveMaxPool3d(2), nn.BatchNorm3d(3), nn.InstanceNorm3d(3), nn.Upsample(scale_factor=2, mode='trilinear'), nn.Dropout3d(0.2)]
for layer in layers:
    layer.eval()
    y = layer(x)
    print(layer, y.shape, '%.3f' % y.abs().mean().item())
m = nn.Conv3d(1, 1, 2)
print(sum(p.numel() for p in m.parameters()), m.weight.shape, m.kernel_size, m.stride, m.padding)
v, i = nn.MaxPool3d(2, return_indices=True)(x)
print(v.shape, i.shape, i.max(), torch.equal(x.flatten(2).gather(2, i.flatten(2)), v.flatten(2)))
try:
    nn.Conv3d(3, 4, 3)(torch.randn(1, 2, 4, 4, 4))
except RuntimeError as e:
    print(str(e)[:120])
try:
    nn.Conv3d(3, 4, 3)(torch.randn(3, 4))
except RuntimeError as e:
    print(str(e)[:120])
net = nn.Sequential(nn.Conv3d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool3d(2), nn.Flatten(), nn.Linear(2 * 2 * 2 * 2, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
data, target = torch.randn(4, 1, 4, 4, 4), torch.tensor([0, 1, 0, 1])
for step in range(3):
    opt.zero_grad()
    loss = nn.functional.cross_entropy(net(data), target)
    loss.backward()
    opt.step()
    print('%.4f' % loss.item())
