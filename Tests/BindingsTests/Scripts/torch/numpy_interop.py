import numpy as np
import torch

a = np.array([1.0, 2.0, 3.0])
t = torch.from_numpy(a)
print(t)
t[0] = 100
print(a)
b = torch.ones(3)
n = b.numpy()
n[1] = 5
print(b, repr(n))
print(torch.tensor(a), torch.as_tensor(np.array([1, 2])), torch.tensor(np.float32(1.5)), torch.tensor([np.float64(1.5)]), torch.tensor(np.int64(3)))
print(np.array(torch.tensor([1, 2])), np.asarray(torch.eye(2)), np.mean(torch.tensor([1.0, 2.0]).numpy()))
print(t * 2, t + np.array([1.0, 1.0, 1.0]), torch.tensor([1.0, 2.0]) * np.float64(2))
print(torch.from_numpy(np.eye(2, dtype=np.float32)), torch.tensor([[1, 2]]).numpy().shape, torch.tensor([1.5]).detach().cpu().numpy())
print(torch.Tensor(np.array([1, 2])), torch.FloatTensor if False else "", torch.tensor([1, 2]).tolist(), torch.tensor(3.5).tolist(), torch.eye(2).tolist())
