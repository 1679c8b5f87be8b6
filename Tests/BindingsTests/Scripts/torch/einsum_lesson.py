import torch

torch.manual_seed(0)
A = torch.arange(6.).reshape(2, 3)
B = torch.arange(12.).reshape(3, 4)
print(torch.einsum("ij,jk->ik", A, B))
print(torch.einsum("ij->ji", A))
print(torch.einsum("ij->", A), torch.einsum("ij->i", A), torch.einsum("ii->i", B[:, :3]))
q, k = torch.arange(24.).reshape(1, 2, 3, 4), torch.ones(1, 2, 5, 4)
scores = torch.einsum("bhqd,bhkd->bhqk", q, k)
print(scores.shape, scores[0, 1, 2])
print(torch.einsum("...ij,...jk->...ik", torch.ones(2, 1, 2, 2), torch.ones(3, 2, 2)).shape)
for bad in ("ij,jk", "ij,kj->ijz", "i.j->i"):
    try:
        torch.einsum(bad, A)
    except RuntimeError:
        print("refused", bad)
