import torch, torch.nn as nn, copy
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.blocks = nn.ModuleList([nn.Linear(2, 2) for _ in range(2)])
        self.d = nn.ModuleDict({"x": nn.ReLU(), "y": nn.Tanh()})
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("steps", torch.zeros(1, dtype=torch.long))
        self.register_buffer("tmp", torch.zeros(1), persistent=False)
        self.register_parameter("nothing", None)
    def forward(self, x):
        x = self.a(x)
        for b in self.blocks: x = self.d["x"](b(x))
        return self.d["y"](x) * self.scale
n = Net()
print(n)
print([k for k, _ in n.named_parameters()], [k for k, _ in n.named_buffers()], list(n.state_dict()))
print([k for k, _ in n.named_modules()], [k for k, _ in n.named_children()])
print(sum(p.numel() for p in n.parameters() if p.requires_grad), n.training, n.eval().training, n.a.training)
n.train(); n.requires_grad_(False); print(any(p.requires_grad for p in n.parameters()))
n.apply(lambda m: nn.init.constant_(m.weight, 0.5) if isinstance(m, nn.Linear) else None)
print(n(torch.ones(1, 2)), n.get_submodule("blocks.1"), n.get_parameter("a.bias").shape)
c = copy.deepcopy(n); c.scale.data.fill_(3); print(n.scale, c.scale)
n.double(); print(n.a.weight.dtype, n.steps.dtype); n.float(); n.to(torch.float64); print(n.scale.dtype)
n.half(); print(n.a.weight.dtype)
n.to_empty(device="cpu"); n.type(torch.float32); print(n.a.weight.dtype)
n.set_submodule("d.y", nn.Sigmoid()); print(n.d)
out = []
h = n.a.register_forward_hook(lambda m, i, o: out.append((type(m).__name__, i[0].shape, o.shape)))
pre = n.a.register_forward_pre_hook(lambda m, i: out.append("pre"))
n(torch.ones(3, 2)); h.remove(); pre.remove(); n(torch.ones(1, 2)); print(out)
print(nn.Sequential(nn.Linear(1, 2), nn.ReLU())[0], len(nn.Sequential(nn.ReLU(), nn.ReLU())), nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))[:2])
s = nn.Sequential(nn.Linear(1, 1)); s.append(nn.ReLU()); s.insert(0, nn.Identity()); s.extend([nn.Tanh()]); print(s); del s[0]; print(len(s), s[-1])
print(n._get_name(), hasattr(n, "zzz"), "a" in dict(n.named_children()))
try: n.zzz
except AttributeError as e: print(e)
class NoInit(nn.Module):
    def __init__(self): self.l = nn.Linear(1, 1)
try: NoInit()
except AttributeError as e: print(e)
class NoForward(nn.Module): pass
try: NoForward()(1)
except NotImplementedError as e: print(e)
n.share_memory(); n.cpu(); print(n.extra_repr() == "")
