import torch
import numpy as np
x = torch.tensor([1, 2, 3])
print(x / 2, x // 2, x % 2, x ** 2, x * 1.5, x + True, -x, x > 1, x.float() / 3, 7 / x, 2 ** x, x & 1, x | 4, x ^ 1, ~x, x << 1, (x > 1) & (x < 3), ~(x > 1), x == torch.tensor([1, 0, 3]), 3 in x, len(x), list(x), x.tolist(), [int(i) for i in x], sum(x), max(x), float(x[0]), int(x[1]), bool(x[0] > 0), x[0].item(), f'{x[0]}', f'{x.float().mean():.2f}', str(x[2]), repr(x[:1]))
print(torch.tensor(3) + torch.tensor(2.5), torch.tensor([1, 2]) + torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor(1, dtype=torch.int32) + torch.tensor([1]), (torch.ones(2, dtype=torch.float16) + 1).dtype, (torch.ones(1, dtype=torch.uint8) + torch.ones(1, dtype=torch.int8)).dtype, torch.tensor([True, False]) + 1, torch.tensor([True]) | torch.tensor([False]), torch.tensor([250], dtype=torch.uint8) + 10, torch.tensor([1.5]).int() + 1, torch.tensor([True, True]).sum())
n = np.arange(3, dtype=np.int8)
t = torch.from_numpy(n)
t[0] = 9
print(t, n, torch.tensor(np.array([1, 2], dtype=np.int16)), torch.tensor(np.float64(1.5)), torch.tensor([np.float32(1.5)]), torch.tensor(np.array(2.5)), t.numpy().dtype, torch.tensor([[1, 2], [3, 4]]).numpy(), np.array(torch.ones(2)), torch.ones(2).numpy() + 1, torch.as_tensor(n).data_ptr() == t.data_ptr())
for f in [lambda: torch.tensor([1.5]).long().item(), lambda: torch.tensor([True, False]) - torch.tensor([True, True]), lambda: x.mean(), lambda: torch.tensor([300], dtype=torch.int8), lambda: torch.tensor([1, 2]).sqrt(), lambda: torch.tensor([1, 2]) @ torch.tensor([3, 4]), lambda: torch.ones(2, 2) @ torch.ones(2, 2).double(), lambda: x.add_(0.5), lambda: torch.ones(2).add_(1)]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).split('\n')[0])
