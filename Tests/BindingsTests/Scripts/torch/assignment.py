import torch

a = torch.zeros(3, 3)
a[0] = 1
a[1, 1] = 5
a[:, 2] = torch.tensor([7.0, 8.0, 9.0])
a[a == 0] = -1
print(a)
a[torch.tensor([0, 2])] = 100
print(a)
b = torch.arange(5)
b[1:3] = 50
b[b > 10] += 1
print(b)
c = b[1:4]
c[0] = 999
print(b)
d = b.clone()
d[0] = -5
print(b[0], d[0])
try:
    b[0:2] = torch.ones(3)
except RuntimeError as e:
    print(e)
b[0] = 2.9
print(b)
