import io
import torch
from collections import OrderedDict

x = torch.arange(12.0).reshape(3, 4)
saved = {
    'x': x, 'view': x[1:, ::2], 't': x.t(), 'i': torch.tensor([1, 2, 3]),
    'b': torch.tensor([True, False]), 'd': torch.eye(2, dtype=torch.float64),
    'u': torch.tensor([1, 255], dtype=torch.uint8), 'i32': torch.tensor([5], dtype=torch.int32),
    's': torch.tensor(2.5, requires_grad=True), 'e': torch.zeros(0, 3),
    'n': [1, -5, 70000, 2**40, -2**40, 2.5, 'héllo', None, True, (1,), (), {'k': [1]}],
    'o': OrderedDict(a=1, b=torch.ones(2)), 'set': {1, 2}, 'by': b'\x00\xff', 'dt': torch.float32,
    'dev': torch.device('cpu'), 'sz': x.shape, 3: 'number',
}
ring = [1]
ring.append(ring)
saved['ring'] = ring
saved['again'] = (ring, ring)
f = io.BytesIO()
torch.save(saved, f)
f.seek(0)
o = torch.load(f)
for k in saved:
    if k not in ('ring', 'again'):
        print(k, o[k])
print(o['ring'][1] is o['ring'], o['again'][0] is o['ring'])
o['x'][1, 0] = 99
print(o['view'], o['t'][0, 1])
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), 'w.pt')
torch.save({'w': torch.ones(2)}, path)
print(torch.load(path, map_location='cpu', weights_only=True))
try:
    torch.load('/nonexistent/file.pt')
except FileNotFoundError as e:
    print(e)
try:
    torch.load(io.BytesIO(b''))
except EOFError as e:
    print(type(e).__name__)
for bad in (b'PK\x03\x04nothing', b'hello', f.getvalue()[:500]):
    try:
        torch.load(io.BytesIO(bad))
    except Exception as e:
        print('refused')
