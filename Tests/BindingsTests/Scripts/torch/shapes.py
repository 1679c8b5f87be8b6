import torch

a = torch.arange(6)
print(a.reshape(2, 3), a.view(3, 2), a.view(-1, 2), a.reshape((2, -1)), torch.reshape(a, (6, 1)).shape)
b = a.view(2, 3)
print(b.T, b.t(), b.transpose(0, 1), b.permute(1, 0), b.shape, b.size(), b.size(0), b.size(-1), b.dim(), b.ndim, b.numel(), b.nelement())
print(b.flatten(), torch.flatten(torch.zeros(2, 3, 4), 1).shape, a.unsqueeze(0).shape, a.unsqueeze(-1).shape, torch.zeros(1, 3, 1).squeeze().shape, torch.zeros(1, 3, 1).squeeze(0).shape, torch.zeros(2, 3).squeeze(0).shape)
print(torch.tensor([1, 2]).expand(3, 2), torch.tensor([[1], [2]]).expand(-1, 3), torch.tensor([1, 2]).repeat(2), torch.tensor([1, 2]).repeat(2, 2), torch.tile(torch.tensor([1, 2]), (2,)), torch.repeat_interleave(torch.tensor([1, 2]), 2))
print(a.flip(0), torch.flip(b, [0, 1]), torch.roll(a, 2), a.roll(1, 0), torch.tril(torch.ones(3, 3)), torch.triu(torch.ones(3, 3), 1), torch.diag(torch.tensor([1.0, 2.0])), torch.eye(3).diagonal(), torch.trace(torch.eye(3)))
print(b.is_contiguous(), b.t().is_contiguous(), b.t().contiguous().view(6), b.stride(), torch.movedim(torch.zeros(2, 3, 4), 0, 2).shape, a.view_as(torch.zeros(2, 3)).shape, torch.zeros(4, 6).unflatten(1, (2, 3)).shape)
print(b.shape == (2, 3), b.shape[0], tuple(b.shape), list(b.shape), len(b.shape), b.shape + (4,), torch.Size([2, 3]) == b.shape, b.shape.numel(), b.shape[-1:])
h, w = b.shape
print(h, w, f"{b.shape}", [*b.shape], isinstance(b.shape, tuple), torch.zeros(b.shape).shape, torch.zeros(*b.shape, 2).shape)
