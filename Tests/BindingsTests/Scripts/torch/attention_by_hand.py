import math
import torch
import torch.nn.functional as F

q = torch.arange(12.0).reshape(1, 3, 4) / 10
k = torch.arange(12.0).flip(0).reshape(1, 3, 4) / 10
v = torch.eye(3).unsqueeze(0)
scores = q @ k.transpose(-2, -1) / math.sqrt(4)
mask = torch.tril(torch.ones(3, 3)).bool()
scores = scores.masked_fill(~mask, float("-inf"))
weights = F.softmax(scores, dim=-1)
print(weights)
print(torch.einsum("bqk,bkd->bqd", weights, v).sum(-1))
print(F.normalize(q, dim=-1).norm(dim=-1).round(decimals=4))
print(F.log_softmax(scores[0, 2], dim=0))
