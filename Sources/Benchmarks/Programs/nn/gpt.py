# 128 tokens of a small GPT after a prompt of 16, keys and values kept.
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
prompt = torch.randint(0, 8000, (1, 16))
model = Transformer(True).eval()


def generate():
    with torch.inference_mode():
        kept = [[None, None] for _ in range(4)]
        token = model(prompt, kept, 0)[:, -1].argmax(-1, keepdim=True)
        out = [int(token)]
        for i in range(127):
            token = model(token, kept, 16 + i)[:, -1].argmax(-1, keepdim=True)
            out.append(int(token))
    return out


print("tokens", generate()[:8])
start = time.process_time()
for i in range(3):
    generate()
print(f"step {(time.process_time() - start) / 3 / 128 * 1e6:.2f} us")
