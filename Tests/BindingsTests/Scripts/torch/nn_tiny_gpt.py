import torch, math
import torch.nn as nn
from torch.nn import functional as F
torch.manual_seed(1337)
class Head(nn.Module):
    def __init__(self, n_embd, head_size, block_size):
        super().__init__()
        self.key = nn.Linear(n_embd, head_size, bias=False)
        self.query = nn.Linear(n_embd, head_size, bias=False)
        self.value = nn.Linear(n_embd, head_size, bias=False)
        self.register_buffer('tril', torch.tril(torch.ones(block_size, block_size)))
        self.dropout = nn.Dropout(0.1)
    def forward(self, x):
        B, T, C = x.shape
        k = self.key(x); q = self.query(x)
        wei = q @ k.transpose(-2, -1) * C ** -0.5
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float('-inf'))
        wei = self.dropout(F.softmax(wei, dim=-1))
        return wei @ self.value(x)
class MultiHead(nn.Module):
    def __init__(self, n, e, h, b):
        super().__init__()
        self.heads = nn.ModuleList([Head(e, h, b) for _ in range(n)])
        self.proj = nn.Linear(e, e)
    def forward(self, x): return self.proj(torch.cat([h(x) for h in self.heads], dim=-1))
class Block(nn.Module):
    def __init__(self, e, n, b):
        super().__init__()
        self.sa = MultiHead(n, e, e // n, b)
        self.ffwd = nn.Sequential(nn.Linear(e, 4 * e), nn.GELU(), nn.Linear(4 * e, e), nn.Dropout(0.1))
        self.ln1 = nn.LayerNorm(e); self.ln2 = nn.LayerNorm(e)
    def forward(self, x):
        x = x + self.sa(self.ln1(x))
        return x + self.ffwd(self.ln2(x))
class GPT(nn.Module):
    def __init__(self, v, e=16, b=8, n=2, l=2):
        super().__init__()
        self.tok = nn.Embedding(v, e); self.pos = nn.Embedding(b, e)
        self.blocks = nn.Sequential(*[Block(e, n, b) for _ in range(l)])
        self.ln_f = nn.LayerNorm(e); self.lm = nn.Linear(e, v, bias=False)
        self.tok.weight = self.lm.weight
        self.apply(self._init); self.b = b
    def _init(self, m):
        if isinstance(m, (nn.Linear, nn.Embedding)):
            torch.nn.init.normal_(m.weight, mean=0.0, std=0.02)
            if isinstance(m, nn.Linear) and m.bias is not None: torch.nn.init.zeros_(m.bias)
    def forward(self, idx, targets=None):
        B, T = idx.shape
        x = self.tok(idx) + self.pos(torch.arange(T))
        logits = self.lm(self.ln_f(self.blocks(x)))
        loss = None if targets is None else F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1))
        return logits, loss
    @torch.no_grad()
    def generate(self, idx, n):
        for _ in range(n):
            logits, _ = self(idx[:, -self.b:])
            idx = torch.cat((idx, torch.multinomial(F.softmax(logits[:, -1, :], dim=-1), 1)), dim=1)
        return idx
text = "hello world, this is a tiny text for a tiny model. " * 4
chars = sorted(set(text)); stoi = {c: i for i, c in enumerate(chars)}
data = torch.tensor([stoi[c] for c in text])
m = GPT(len(chars)); print(m)
print(sum(p.numel() for p in m.parameters()), len(list(m.named_parameters())), len(m.state_dict()))
opt = torch.optim.AdamW(m.parameters(), lr=1e-2)
sch = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=20)
for it in range(20):
    ix = torch.randint(len(data) - 8, (4,))
    x = torch.stack([data[i:i + 8] for i in ix]); y = torch.stack([data[i + 1:i + 9] for i in ix])
    _, loss = m(x, y); opt.zero_grad(set_to_none=True); loss.backward(); opt.step(); sch.step()
    if it % 5 == 0: print(it, f"{loss.item():.4f}", f"{opt.param_groups[0]['lr']:.6f}")
m.eval(); print(m.generate(torch.zeros((1, 1), dtype=torch.long), 10))
decay = [p for p in m.parameters() if p.dim() >= 2]; nodecay = [p for p in m.parameters() if p.dim() < 2]
opt = torch.optim.AdamW([{'params': decay, 'weight_decay': 0.1}, {'params': nodecay, 'weight_decay': 0.0}], lr=1e-3, betas=(0.9, 0.95))
print(opt)
