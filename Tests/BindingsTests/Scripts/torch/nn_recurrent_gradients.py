import torch
import torch.nn as nn

for kind in [nn.LSTM, nn.GRU, nn.RNN]:
    for both in [False, True]:
        torch.manual_seed(1)
        m = kind(3, 4, num_layers=2, bidirectional=both).double()
        x = torch.randn(5, 2, 3).double().requires_grad_()
        y, h = m(x)
        s = (y * torch.arange(y.numel()).reshape(y.shape).cos()).sum()
        for a in h if isinstance(h, tuple) else (h,):
            s = s + (a ** 2).sum()
        # The second derivatives go through the steps as well.
        g, = torch.autograd.grad(s, x, create_graph=True)
        (g ** 2).sum().backward()
        print(kind.__name__, both, f"{s.item():.4f}", [f"{v:.4f}" for v in g.flatten()[:4].tolist()])
        print([f"{p.grad.abs().sum().item():.3f}" for p in m.parameters()], f"{x.grad.abs().sum().item():.3f}")
        m.zero_grad()
        y, h = m(x)
        y.sum().backward()
        print([f"{p.grad.abs().sum().item():.3f}" for p in m.parameters()][:4])

torch.manual_seed(2)
packed = nn.utils.rnn.pack_padded_sequence(torch.randn(4, 3, 3), [4, 2, 1])
m = nn.LSTM(3, 4)
o, (h, c) = m(packed)
(o.data.sum() + (c ** 2).sum()).backward()
print([f"{p.grad.abs().sum().item():.3f}" for p in m.parameters()])
m = nn.LSTM(3, 4)
y, _ = m(torch.randn(3, 1, 3))
with torch.no_grad():
    m.weight_hh_l0.mul_(2)
try:
    y.sum().backward()
except RuntimeError as e:
    print(type(e).__name__, "inplace operation" in str(e))
