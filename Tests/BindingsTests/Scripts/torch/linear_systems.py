import torch

A = torch.tensor([[4.0, -2.0, 1.0], [-2.0, 4.0, -2.0], [1.0, -2.0, 4.0]])
b = torch.tensor([11.0, -16.0, 17.0])
x = torch.linalg.solve(A, b)
print(x)
print(torch.allclose(A @ x, b, atol=1e-5))
print(torch.linalg.inv(A) @ b)
print(torch.linalg.det(A), torch.linalg.slogdet(A))
L = torch.linalg.cholesky(A)
print(L)
print(torch.allclose(L @ L.T, A))
print(torch.cholesky_solve(b.unsqueeze(1), L).squeeze())
print(torch.linalg.matrix_rank(torch.ones(3, 3)), torch.linalg.cond(torch.diag(torch.tensor([4.0, 2.0]))))
try:
    torch.linalg.inv(torch.ones(2, 2))
except RuntimeError as error:
    print(type(error).__name__)
