import torch, numpy as np
from torch.utils.data import Dataset, DataLoader, TensorDataset, random_split, Subset, ConcatDataset, ChainDataset, IterableDataset, WeightedRandomSampler, SequentialSampler, RandomSampler, BatchSampler, default_collate, SubsetRandomSampler, StackDataset, get_worker_info
class D(Dataset):
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        return {"x": np.arange(3, dtype=np.float32) + i, "y": i, "name": f"s{i}", "z": (float(i), torch.tensor([i]))}
g = torch.Generator().manual_seed(0)
for b in DataLoader(D(5), batch_size=2, shuffle=True, generator=g):
    print(b)
tr, va, te = random_split(D(10), [0.6, 0.2, 0.2], generator=torch.Generator().manual_seed(42))
print(tr.indices, va.indices, te.indices, len(tr))
def collate(batch):
    xs = torch.nn.utils.rnn.pad_sequence([torch.ones(d["y"] + 1) for d in batch], batch_first=True)
    return xs, torch.tensor([d["y"] for d in batch])
for xs, ys in DataLoader(D(4), batch_size=2, collate_fn=collate): print(xs, ys)
class It(IterableDataset):
    def __init__(self, a, b): self.a, self.b = a, b
    def __iter__(self): return iter(range(self.a, self.b))
print(list(DataLoader(It(3, 9), batch_size=4)), list(DataLoader(ChainDataset([It(0, 2), It(5, 7)]), batch_size=None)))
torch.manual_seed(1)
print(list(WeightedRandomSampler([0.1, 0.9, 0.5], 6)), list(BatchSampler(SequentialSampler(range(5)), 2, False)))
print(list(RandomSampler(range(4))), list(SubsetRandomSampler([2, 4, 6])))
ds = TensorDataset(torch.arange(6).float().view(6, 1), torch.arange(6))
dl = DataLoader(ds, batch_size=4, drop_last=True)
print(len(dl), len(ds), ds[2], ds[1:3], dl.batch_size, len(dl.dataset))
print(default_collate([{"a": 1}, {"a": 2}]), default_collate([(1, 2.0), (3, 4.0)]), default_collate(["a", "b"]))
cc = ConcatDataset([ds, Subset(ds, [0, 1])])
print(len(cc), cc[7], cc.cumulative_sizes)
x, y = next(iter(DataLoader(ds, batch_size=3)))
print(x, y)
print(get_worker_info())
class Bad(Dataset):
    def __getitem__(self, i): return 1
try:
    len(Bad())
except TypeError as e: print(e)
try: DataLoader(ds, batch_size=0)
except ValueError as e: print(e)
try: DataLoader(ds, shuffle=True, sampler=SequentialSampler(ds))
except ValueError as e: print(e)
