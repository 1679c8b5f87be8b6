import torch
import torch.nn.functional as F

image = torch.arange(25.0).reshape(1, 1, 5, 5)
edge = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]).reshape(1, 1, 3, 3)
print(F.conv2d(image, edge))
print(F.conv2d(image, edge, padding=1).shape, F.conv2d(image, edge, stride=2).shape, F.conv2d(image, edge, padding="same").shape)
print(F.conv2d(image, torch.ones(2, 1, 2, 2), bias=torch.tensor([0.0, 100.0]))[0, 1])
depthwise = F.conv2d(torch.ones(1, 3, 4, 4), torch.ones(3, 1, 3, 3), groups=3)
print(depthwise.shape, depthwise[0, :, 0, 0])
print(F.conv_transpose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2), stride=2))
print(F.conv1d(torch.arange(6.0).reshape(1, 1, 6), torch.tensor([[[1.0, 0.0, -1.0]]])))
w = torch.ones(1, 1, 3, 3, requires_grad=True)
F.conv2d(image, w).sum().backward()
print(w.grad)
try:
    F.conv2d(torch.ones(1, 3, 5, 5), torch.ones(2, 1, 3, 3))
except RuntimeError as error:
    print(str(error).split("\n")[0])
