import torch
torch.manual_seed(0)
w = torch.randn(3, 4)
scale = w.abs().max() / 127
q = torch.clamp(torch.round(w / scale), -128, 127).to(torch.int8)
print(q, q.dtype, scale, q.element_size(), w.element_size(), q.nbytes, w.nbytes)
back = q.float() * scale
print((w - back).abs().max() < scale, back[0], q.min(), q.max(), q.float().mean(), q.to(torch.int32).sum(), q.unique().numel())
per = w.abs().amax(dim=1, keepdim=True) / 127
q2 = (w / per).round().clamp(-128, 127).to(torch.int8)
print(q2, per, q2.int() @ q2.int().t(), (q2 == q).sum(), q2[0].tolist(), torch.bincount(q2.flatten().abs().long())[:3], q2 > 0, -q2[0], q2[0] // 2, q2[0] * 2, torch.cat([q2[0], q2[1]]).shape)
import io
buffer = io.BytesIO()
torch.save({'q': q2, 'scale': per}, buffer)
buffer.seek(0)
loaded = torch.load(buffer)
print(loaded['q'].dtype, torch.equal(loaded['q'], q2), torch.int8.itemsize, torch.iinfo(torch.int8).max, torch.zeros(2, dtype=torch.int16), torch.ones(2, dtype=torch.uint16).dtype)
