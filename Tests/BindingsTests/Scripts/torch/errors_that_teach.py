import torch
import torch.nn.functional as F

def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__)

attempt(lambda: torch.linalg.solve(torch.ones(2, 3), torch.ones(2)))
attempt(lambda: torch.linalg.cholesky(-torch.eye(2)))
attempt(lambda: torch.linalg.inv(torch.zeros(2, 2)))
attempt(lambda: torch.einsum("ij,jk->ik", torch.ones(2, 3), torch.ones(2, 3)))
attempt(lambda: torch.zeros(3).scatter(0, torch.tensor([5]), 1.0))
attempt(lambda: torch.kthvalue(torch.tensor([1.0]), 3))
attempt(lambda: F.pad(torch.ones(2), (1,)))
attempt(lambda: F.max_pool2d(torch.ones(1, 1, 2, 2), 5))
attempt(lambda: F.one_hot(torch.tensor([5]), 3))
attempt(lambda: torch.quantile(torch.tensor([1.0]), 2.0))
attempt(lambda: torch.fft.fft(torch.ones(3), n=0))
attempt(lambda: torch.kron(torch.ones(2), 3))
attempt(lambda: torch.cdist(torch.ones(2, 3), torch.ones(2, 4)))
attempt(lambda: torch.view_as_complex(torch.ones(3)))
