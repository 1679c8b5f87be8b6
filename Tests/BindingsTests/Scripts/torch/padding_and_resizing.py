import torch
import torch.nn.functional as F

x = torch.arange(6.0).reshape(1, 1, 2, 3)
print(F.pad(x, (1, 1)))
print(F.pad(x, (1, 2, 0, 1), value=9))
print(F.pad(torch.arange(9.0).reshape(1, 1, 3, 3), (1, 1, 1, 1), mode="reflect"))
print(F.pad(x, (1, 1, 0, 1), mode="replicate"))
print(F.pad(x, (1, 1, 0, 0), mode="circular"))
print(F.interpolate(x, scale_factor=2))
print(F.interpolate(x, size=(3, 5), mode="bilinear", align_corners=True))
print(F.interpolate(x, size=(1, 2), mode="bilinear"))
print(F.unfold(torch.arange(16.0).reshape(1, 1, 4, 4), 2, stride=2))
print(F.pixel_shuffle(torch.arange(8.0).reshape(1, 4, 1, 2), 2))
print(F.one_hot(torch.tensor([0, 2, 1]), 4))
