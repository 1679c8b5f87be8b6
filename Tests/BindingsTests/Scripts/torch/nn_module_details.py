import torch, torch.nn as nn, copy
torch.manual_seed(0)
# errors, attributes, misc
m = nn.Linear(3, 2)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: m.nope); t(lambda: nn.Foo); t(lambda: m(torch.ones(2, 5))); t(lambda: nn.Linear(3)); t(lambda: nn.Linear(3, 2, foo=1)); t(lambda: nn.Sequential(nn.Linear))
t(lambda: m.register_buffer('a.b', None)); t(lambda: m.register_buffer('weight', torch.ones(1))); t(lambda: m.register_parameter('w', torch.ones(1))); t(lambda: m.add_module('x', 3))
t(lambda: nn.ModuleDict({'a': nn.ReLU()})['b']); t(lambda: nn.ModuleList([nn.ReLU()])[3]); t(lambda: nn.Parameter([1]))
t(lambda: torch.optim.SGD(m.parameters(), lr=0.1, nesterov=True)); t(lambda: torch.optim.lr_scheduler.StepLR(3, 1)); t(lambda: torch.optim.SGD(m, 0.1))
t(lambda: m.get_submodule('foo')); t(lambda: m.to(torch.int32)); t(lambda: nn.Module().forward(1)); t(lambda: nn.CrossEntropyLoss()(torch.ones(2, 3)))
class M(nn.Module):
    def __init__(self, n): super().__init__(); self.l = nn.ModuleList(nn.Linear(n, n) for _ in range(2)); self.w = nn.Parameter(torch.randn(n)); self.cfg = {'n': n}; self.h = 3
    def forward(self, x):
        for l in self.l: x = torch.relu(l(x))
        return x * self.w
    def extra_repr(self): return f'h={self.h}'
t(lambda: M()); t(lambda: M(2, 3)); a = M(2); print(a); t(lambda: a()); t(lambda: a(1, 2)); t(lambda: a(torch.ones(1, 2)).shape)
b = copy.deepcopy(a); print(b.cfg is a.cfg, b.w is a.w, torch.equal(a.w, b.w))
print([type(x).__name__ for x in a.modules()], len(a.l), a.l[-1])
a.double(); print(a.w.dtype, a.l[0].weight.dtype); a.float(); print(a.w.dtype)
a.requires_grad_(False); print(all(not p.requires_grad for p in a.parameters())); a.requires_grad_(True)
a.zero_grad(); print(a.w.grad); a(torch.ones(1, 2)).sum().backward(); print(a.w.grad is not None); a.zero_grad(set_to_none=False); print(a.w.grad)
print(dict(a.named_parameters()).keys()); print(list(a.named_buffers())); print(a.state_dict())
del a.w; t(lambda: a.w); print(hasattr(a, 'w'), hasattr(a, 'l'))
a.w = nn.Parameter(torch.zeros(2)); print(list(a._parameters), list(a._modules)); a.extra = torch.ones(1); print(a.extra, 'extra' in a.state_dict())
print(isinstance(nn.ReLU(), nn.Module), issubclass(nn.Linear, nn.Module), nn.Linear.__name__, nn.Linear)
class L2(nn.Linear):
    def forward(self, x): return super().forward(x) * 2
l = L2(2, 2); print(l, type(l)); print(l(torch.ones(1, 2)))
class Sq(nn.Sequential):
    def __init__(self, a, b): super().__init__(nn.Linear(a, b), nn.ReLU())
print(Sq(2, 3), Sq(2, 3)(torch.ones(1, 2)).shape)
class Noise(nn.Module):
    def __init__(self, s): super().__init__(); self.s = s
    def forward(self, x): return x + self.s if self.training else x
n = Noise(1.0); print(n(torch.zeros(1)), n.eval()(torch.zeros(1)), n.train()(torch.zeros(1)))
s = nn.Sequential(nn.Linear(2, 3), nn.ReLU()); s.append(nn.Linear(3, 1)); s.insert(0, nn.Identity()); print(s); del s[0]; print(len(s), s[1:]); s[0] = nn.Linear(2, 4); print([str(q) for q in s])
h = m.register_forward_pre_hook(lambda mod, args: (args[0] * 0,)); print(m(torch.ones(1, 3)), m.bias.data); h.remove()
m.register_full_backward_hook(lambda mod, gi, go: print('bwd', [None if g is None else g.shape for g in gi], go[0].shape)); x = torch.ones(1, 3, requires_grad=True); m(x).sum().backward(); print(x.grad.shape)
p = nn.Parameter(torch.tensor([1., 2.])); print(p, p.requires_grad, p.data, (p * 2)); print(nn.Parameter(torch.ones(1), requires_grad=False))
with torch.no_grad(): p += 1
print(p, p.is_leaf)
print(torch.nn.utils.parameters_to_vector(nn.Linear(2, 1).parameters()).shape)
from functools import reduce
print(nn.init.kaiming_normal_(torch.empty(2, 3)), nn.init.orthogonal_(torch.empty(2, 3)).shape, nn.init.trunc_normal_(torch.empty(3)), nn.init.xavier_normal_(torch.empty(2, 2)), nn.init.kaiming_uniform_(torch.empty(2, 2), nonlinearity='relu'), nn.init.calculate_gain('tanh'), nn.init.eye_(torch.empty(2,2)), nn.init.constant_(torch.empty(2), 3.))
print(torch.nn.utils.clip_grad_norm_([x], 0.5), x.grad)
d = nn.Dropout(0.5); d.p = 0.0; print(d(torch.ones(3)), d)
bn = nn.BatchNorm1d(2); bn(torch.tensor([[1., 2.], [3., 4.]])); print(bn.state_dict())
w = nn.Linear(2, 2, bias=False); print(w.bias, w, list(w.state_dict()))
