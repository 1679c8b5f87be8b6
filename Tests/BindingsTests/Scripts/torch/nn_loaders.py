import torch
from torch.utils.data import Dataset, DataLoader, TensorDataset, random_split, WeightedRandomSampler, Subset, ConcatDataset
torch.manual_seed(0)
class D(Dataset):
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i): return torch.tensor([i, i * i], dtype=torch.float32), i % 3
for b in DataLoader(D(7), batch_size=3, shuffle=True): print(b)
dl = DataLoader(TensorDataset(torch.arange(10).float(), torch.arange(10)), batch_size=4, shuffle=True, drop_last=True)
print(len(dl), dl.batch_size)
for e in range(2):
    for x, y in dl: print(x, y)
a, b = random_split(range(10), [7, 3]); print(list(a), list(b), a.indices)
a, b = random_split(D(10), [0.75, 0.25], generator=torch.Generator().manual_seed(42)); print(len(a), len(b), a.indices)
s = WeightedRandomSampler([0.1, 0.9, 0.4], 6); print(list(s))
for b in DataLoader([{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}], batch_size=2): print(b)
for b in DataLoader(list(range(5)), batch_size=2, generator=torch.Generator().manual_seed(3), shuffle=True): print(b)
for b in DataLoader([(1, 2.5), (2, 3.5)], batch_size=2, collate_fn=lambda s: s): print(b)
print(len(ConcatDataset([D(3), D(4)])), ConcatDataset([D(3), D(4)])[5], len(D(3) + D(2)))
try: DataLoader(D(3), batch_size=0)
except ValueError as e: print(e)
try: DataLoader([], shuffle=True)
except ValueError as e: print(e)
x, y = next(iter(DataLoader(D(4), batch_size=2))); print(x, y)
