import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
mha = nn.MultiheadAttention(embed_dim=8, num_heads=2, batch_first=True)
x = torch.randn(2, 4, 8)
out, w = mha(x, x, x)
print(out.shape, w.shape, w.sum(-1))
mask = torch.triu(torch.ones(4, 4), diagonal=1).bool()
out, w = mha(x, x, x, attn_mask=mask)
print(w[0])
pad = torch.tensor([[False, False, False, True], [False, True, True, True]])
out, w = mha(x, x, x, key_padding_mask=pad, average_attn_weights=False)
print(w.shape, w[1, 0])
print(mha(x, x, x, need_weights=False)[1])
q, k, v = (torch.randn(1, 2, 3, 4) for _ in range(3))
a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
s = (q @ k.transpose(-2, -1)) / 2
s = s.masked_fill(torch.ones(3, 3).tril() == 0, float('-inf'))
print(torch.allclose(a, s.softmax(-1) @ v, atol=1e-6))
layer = nn.TransformerEncoderLayer(d_model=8, nhead=2, dim_feedforward=16, batch_first=True, dropout=0.0)
print(layer(x, src_key_padding_mask=pad).shape)
enc = nn.TransformerEncoder(layer, num_layers=2)
print(enc(x, mask=mask)[0, 0])
dec = nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
print(dec(x, enc(x), tgt_mask=mask)[1, 3])
print(layer)
for name, p in layer.named_parameters():
    print(name, tuple(p.shape))
