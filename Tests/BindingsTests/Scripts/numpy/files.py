import io
import numpy as np

for a in (np.arange(6.0).reshape(2, 3), np.arange(3), np.array(5), np.zeros((0, 2)), np.array([True, False]),
          np.arange(4, dtype=np.float32), np.arange(4, dtype=np.int32), np.arange(4, dtype=np.uint8),
          np.arange(6.0).reshape(2, 3).T):
    f = io.BytesIO()
    np.save(f, a)
    f.seek(0)
    b = np.load(f)
    print(b, b.dtype, b.shape)
f = io.BytesIO()
np.save(f, np.arange(2))
np.save(f, np.arange(3.0))
f.seek(0)
print(np.load(f), np.load(f))
f = io.BytesIO()
np.save(f, np.arange(2))
print(f.getvalue())
f = io.BytesIO()
np.savez(f, np.arange(3), k=np.eye(2))
f.seek(0)
z = np.load(f)
print(sorted(z.files), z['k'], z['arr_0'], 'k' in z, len(z))
f = io.BytesIO()
np.savez_compressed(f, big=np.zeros((100, 100)), r=np.arange(1000))
print(len(f.getvalue()) < 4000)
f.seek(0)
with np.load(f) as z:
    print(z['big'].sum(), z['r'].sum())
    for name in z:
        print(name, z[name].shape)
try:
    z['missing']
except KeyError as e:
    print(e)
for bad in (b'', b'\x93NUMPY', b'hello world'):
    try:
        np.load(io.BytesIO(bad))
    except (ValueError, EOFError) as e:
        print(type(e).__name__, e)
print(np.loadtxt(io.StringIO('1 2\n3 4\n')))
print(np.loadtxt(['# x', '1,2,3', '4,5,6'], delimiter=','))
print(np.loadtxt(['1,2,3', '4,5,6'], delimiter=',', usecols=(0, 2), skiprows=1))
print(np.loadtxt(['1 2', '3 4'], dtype=int, unpack=True))
a, b = np.loadtxt(['1 2', '3 4'], unpack=True)
print(a, b)
print(np.loadtxt(['1', '2', '3']))
print(np.loadtxt(['1e3 -inf nan'], ndmin=2))
try:
    np.loadtxt(['1 2', 'x 4'])
except ValueError as e:
    print(e)
try:
    np.loadtxt(['1 2', '3 4 5'])
except ValueError as e:
    print(e)
print(np.genfromtxt(['1,2,', '4,x,6'], delimiter=','))
print(np.genfromtxt(['a,b', '1,2', '3,'], delimiter=',', skip_header=1, filling_values=-1))
f = io.StringIO()
np.savetxt(f, np.arange(4.0).reshape(2, 2))
print(f.getvalue())
f = io.StringIO()
np.savetxt(f, np.arange(4.0).reshape(2, 2), fmt='%.2f', delimiter=',', header='a,b', comments='')
print(f.getvalue())
f = io.StringIO()
np.savetxt(f, np.arange(3), fmt='%d')
print(f.getvalue())
f = io.StringIO()
np.savetxt(f, np.arange(4).reshape(2, 2), fmt=['%d', '%.1f'], footer='end')
print(f.getvalue())
