# The forward pass of a small BERT on 8 rows of 128 tokens.
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, causal, d=256):
        super().__init__()
        self.causal = causal
        self.qkv, self.o = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.f1, self.f2 = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        self.n1, self.n2 = nn.LayerNorm(d), nn.LayerNorm(d)

    def forward(self, x, kept=None):
        b, s, d = x.shape
        h = self.n1(x) if self.causal else x
        q, k, v = (z.view(b, s, 4, d // 4).transpose(1, 2) for z in self.qkv(h).split(d, -1))
        if kept is not None:
            if kept[0] is not None:
                k, v = torch.cat((kept[0], k), 2), torch.cat((kept[1], v), 2)
            kept[0], kept[1] = k, v
        z = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal and s > 1)
        z = self.o(z.transpose(1, 2).reshape(b, s, d))
        if self.causal:
            x = x + z
            return x + self.f2(F.gelu(self.f1(self.n2(x)), approximate="tanh"))
        x = self.n1(x + z)
        return self.n2(x + self.f2(F.gelu(self.f1(x), approximate="tanh")))


class Transformer(nn.Module):
    def __init__(self, causal, d=256, vocabulary=8000, places=256):
        super().__init__()
        self.causal = causal
        self.te, self.pe = nn.Embedding(vocabulary, d), nn.Embedding(places, d)
        self.ln, self.head = nn.LayerNorm(d), nn.Linear(d, vocabulary)
        self.b = nn.ModuleList([Block(causal) for _ in range(4)])
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, 0, 0.02)

    def forward(self, x, kept=None, place=0):
        h = self.te(x) + self.pe(torch.arange(place, place + x.shape[1]))
        if not self.causal:
            h = self.ln(h)
        for i, block in enumerate(self.b):
            h = block(h, kept[i] if kept else None)
        return self.head(self.ln(h) if self.causal else h)


torch.set_num_threads(1)
torch.manual_seed(0)
x = torch.randint(2, 8000, (64, 128))
model = Transformer(False).eval()
with torch.no_grad():
    print(f"mean {model(x[:8]).abs().mean().item():.4f}")
    start = time.process_time()
    for i in range(10):
        a = i * 8 % 64
        model(x[a : a + 8])
    print(f"step {(time.process_time() - start) / 10 * 1e6:.2f} us")
