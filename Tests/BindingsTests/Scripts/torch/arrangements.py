import torch

x = torch.arange(6).reshape(2, 3)
print(torch.rot90(x), torch.rot90(x, -1))
print(torch.diag_embed(torch.tensor([1, 2])), torch.diagonal(torch.arange(9).reshape(3, 3), 1))
print(torch.tril_indices(3, 3), torch.triu_indices(2, 3, 1))
print(torch.arange(6).unfold(0, 3, 1))
print(torch.as_strided(torch.arange(6), (2, 2), (3, 1)))
print(torch.tensor_split(torch.arange(5), 2), torch.hsplit(x, 3)[0])
print(torch.dstack([torch.tensor([1, 2]), torch.tensor([3, 4])]), torch.column_stack([torch.tensor([1, 2]), torch.tensor([3, 4])]))
print(torch.atleast_2d(torch.tensor([1, 2])), torch.broadcast_shapes((2, 1), (1, 3)))
print(torch.repeat_interleave(x, torch.tensor([1, 2]), dim=0))
print(torch.roll(x, 1, dims=1), x.movedim(0, 1).shape)
print(torch.zeros(3, 3).fill_diagonal_(5), torch.promote_types(torch.int32, torch.float32))
