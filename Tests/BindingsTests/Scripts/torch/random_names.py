import torch
torch.manual_seed(0)
print(torch.rand(2), torch.randn(2, 2), torch.randint(0, 10, (3,)), torch.randperm(5), torch.normal(0., 1., (2,)), torch.normal(torch.zeros(2), torch.ones(2)), torch.bernoulli(torch.tensor([0.3, 0.7])), torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 4, replacement=True), torch.rand_like(torch.zeros(2)), torch.randn_like(torch.zeros(2)), torch.randint_like(torch.zeros(2), 5), torch.poisson(torch.tensor([2., 5.])), torch.empty(3).uniform_(), torch.empty(2).normal_(1, 2), torch.empty(2).exponential_(), torch.empty(2).bernoulli_(0.5), torch.empty(2).random_(10), torch.empty(2).cauchy_(), torch.empty(2).log_normal_(), torch.empty(2).geometric_(0.5))
g = torch.Generator().manual_seed(7)
print(torch.rand(2, generator=g), torch.randperm(4, generator=g), g.initial_seed(), torch.initial_seed())
torch.random.manual_seed(1)
with torch.random.fork_rng():
    torch.rand(5)
print(torch.rand(2))
state = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(state)
print(torch.equal(a, torch.rand(2)), torch.rand(20)[-3:], torch.randn(20)[:3], torch.randn(17)[-2:], torch.nn.functional.dropout(torch.ones(8), 0.5), torch.rand(2, dtype=torch.float64), torch.randn(1, dtype=torch.float64), torch.randint(-5, 5, (2, 2)), torch.rand(()), torch.randn([]).shape)
