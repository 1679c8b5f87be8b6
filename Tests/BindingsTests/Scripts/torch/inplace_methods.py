import torch

x = torch.tensor([1.0, -2.0, 3.0])
print(x.clamp_(min=0), x.relu_(), x.neg_(), x.abs_(), x.exp_(), x.log_(), x.round_(), x.copy_(torch.tensor([9.0, 8.0, 7.0])), x.masked_fill_(x > 8, 0.0))
y = torch.zeros(2, 2)
y.copy_(torch.tensor([1.0, 2.0]))
y[0].fill_(5)
print(y, y.t_().shape, y.unsqueeze_(0).shape, y.squeeze_().shape)
z = torch.arange(3)
z.apply_(lambda v: v * 10)
print(z, torch.scatter_add(torch.zeros(3), 0, torch.tensor([0, 2, 2]), torch.ones(3)))
