import torch
from torch.utils.data import IterableDataset, DataLoader, Subset, ConcatDataset, TensorDataset, random_split


class Stream(IterableDataset):
    def __init__(self, start, end):
        super().__init__()
        self.start, self.end = start, end

    def __iter__(self):
        return iter(range(self.start, self.end))


print(list(DataLoader(Stream(0, 7), batch_size=3)))
print(list(DataLoader(Stream(0, 7), batch_size=3, drop_last=True)))
print(list(DataLoader(Stream(0, 3), batch_size=None)))
torch.manual_seed(0)
full = TensorDataset(torch.arange(10).float().unsqueeze(1), torch.arange(10))
train, val = random_split(full, [8, 2])
print(len(train), len(val), type(train).__name__, train.indices)
print(train[0], val[1])
train, val, test = random_split(full, [0.7, 0.2, 0.1], generator=torch.Generator().manual_seed(42))
print(len(train), len(val), len(test), list(test.indices))
sub = Subset(full, [3, 1])
print(sub[0], len(sub))
both = ConcatDataset([sub, val])
print(len(both), both[2], both[-1], both.cumulative_sizes)
try:
    random_split(full, [5, 4])
except ValueError as e:
    print(e)
try:
    DataLoader(full, batch_size=2, shuffle=True, sampler=[0])
except ValueError as e:
    print(e)
x, y = full[2:5]
print(x.flatten(), y)
try:
    TensorDataset(torch.ones(2), torch.ones(3))
except AssertionError as e:
    print(e)
