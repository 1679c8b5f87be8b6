import torch

X = torch.tensor([[2.5, 2.4], [0.5, 0.7], [2.2, 2.9], [1.9, 2.2], [3.1, 3.0], [2.3, 2.7], [2.0, 1.6], [1.0, 1.1], [1.5, 1.6], [1.1, 0.9]])
Xc = X - X.mean(0)
cov = torch.cov(Xc.T)
print(cov)
U, S, Vh = torch.linalg.svd(Xc, full_matrices=False)
print((S ** 2 / (len(X) - 1)))
explained = S ** 2 / (S ** 2).sum()
print(explained)
print(torch.linalg.eigvalsh(cov))
scores = Xc @ Vh[0].abs()
print(scores[:3])
print(torch.corrcoef(X.T))
