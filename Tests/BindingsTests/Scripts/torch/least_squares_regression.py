import torch

x = torch.linspace(0, 4, 9)
y = 3 * x ** 2 - 2 * x + 1
A = torch.stack([x ** 2, x, torch.ones_like(x)], dim=1)
w = torch.linalg.lstsq(A, y.unsqueeze(1)).solution.squeeze()
print((w * 1000).round() / 1000)
normal = torch.linalg.solve(A.T @ A, A.T @ y)
print((normal - w).abs().max() < 1e-2)
print(torch.dist(A @ w, y) < 1e-3)
print(torch.linalg.norm(A, dim=0), torch.linalg.norm(y))
print(torch.linalg.matrix_norm(A, "nuc") > torch.linalg.matrix_norm(A, 2))
