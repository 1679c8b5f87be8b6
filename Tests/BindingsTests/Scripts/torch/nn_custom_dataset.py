import torch
from torch.utils.data import Dataset, DataLoader
import numpy as np


class PointDataset(Dataset):
    def __init__(self, n, transform=None):
        rng = np.random.RandomState(0)
        self.x = rng.randn(n, 2).astype(np.float32)
        self.y = (self.x[:, 0] > 0).astype(np.int64)
        self.transform = transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, idx):
        sample = self.x[idx]
        if self.transform:
            sample = self.transform(sample)
        return sample, self.y[idx]


ds = PointDataset(10, transform=lambda s: torch.from_numpy(s) * 2)
print(len(ds), ds[0])
torch.manual_seed(3)
for xb, yb in DataLoader(ds, batch_size=4, shuffle=True):
    print(xb.shape, xb.dtype, yb, yb.dtype)
loader = DataLoader(ds, batch_size=3, drop_last=True)
print(len(loader), loader.dataset is ds, loader.batch_size, loader.drop_last)


def collate(batch):
    xs, ys = zip(*batch)
    return torch.stack(xs), list(ys)


print(next(iter(DataLoader(ds, batch_size=2, collate_fn=collate))))


class Text(Dataset):
    data = ["a b c", "d e", "f"]

    def __len__(self):
        return 3

    def __getitem__(self, i):
        return {"text": self.data[i], "n": len(self.data[i].split()), "ids": torch.arange(3) + i}


for batch in DataLoader(Text(), batch_size=2):
    print(batch)


class Ragged(Dataset):
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return torch.ones(i + 1)


try:
    next(iter(DataLoader(Ragged(), batch_size=2)))
except RuntimeError as e:
    print(e)
from torch.nn.utils.rnn import pad_sequence
print(next(iter(DataLoader(Ragged(), batch_size=3, collate_fn=lambda b: pad_sequence(b, batch_first=True)))))
