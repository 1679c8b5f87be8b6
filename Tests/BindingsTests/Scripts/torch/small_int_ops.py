import torch
for d in [torch.int8, torch.int16]:
    a = torch.tensor([1, -2, 3], dtype=d)
    print(a, a.abs(), a.sign(), a * a, a + 1.5, a.sum(), a.prod(), a.max(0), a.sort(descending=True), a.argsort(), a.cumsum(0), a.float().std(), a.tolist(), a.clamp(0, 2), a > 0, a == a, torch.where(a > 0, a, -a), a.view(3, 1) * a, a.repeat(2), a.flip(0), a[a > 0], a.index_select(0, torch.tensor([0, 2])), a.gather(0, torch.tensor([1])), torch.stack([a, a]).sum(0), a.unique(), a.any(), a.all(), a.nonzero().squeeze(), a.eq(1).sum(), a.new_zeros(2), torch.zeros_like(a), torch.full_like(a, 5), a.bitwise_and(1), a.fmod(2), a.remainder(2), a.pow(2), a.float(), a.half(), a.bool(), a.to(torch.uint8), a.double().dtype, a.type(), a.masked_fill(a < 0, 0), a.roll(1), a.topk(2).values, torch.cat([a, a.new_ones(1)]), a.dot(a), a.outer(a) if hasattr(a, 'outer') else '', a.element_size())
    b = a.clone()
    b[0] = 100
    b += 100
    b *= 2
    b[1:] = 0
    print(b, torch.arange(-2, 3, dtype=d), torch.randint(-5, 5, (2,), dtype=d).dtype, torch.eye(2, dtype=d), torch.ones(2, 2, dtype=d) @ torch.ones(2, dtype=d), torch.tril(torch.ones(2, 2, dtype=d)), a.scatter_add(0, torch.tensor([0, 0]), torch.ones(2, dtype=d)))
