import io
import numpy as np
f = io.StringIO()
np.savetxt(f, np.array([[1.5, 2], [3, 4]]))
print(f.getvalue())
f = io.StringIO()
np.savetxt(f, [[1, 2], [3, 4]], delimiter=',', fmt='%d', header='a,b', comments='')
text = f.getvalue()
print(text, np.loadtxt(io.StringIO(text), delimiter=',', skiprows=1), np.genfromtxt(io.StringIO(text), delimiter=',', skip_header=1), np.loadtxt(io.StringIO(text), delimiter=',', skiprows=1, usecols=1), np.loadtxt(io.StringIO(text), delimiter=',', skiprows=1, unpack=True, dtype=int))
for a in [np.arange(3, dtype=np.int8), np.arange(3, dtype=np.int16), np.arange(3, dtype=np.uint16), np.arange(3, dtype=np.uint32), np.array([1, 2.5]).astype('complex128') * 2, np.array([1.5]).astype('complex64'), np.array([0.5], dtype=np.float16)]:
    g = io.BytesIO()
    np.save(g, a)
    g.seek(0)
    b = np.load(g)
    print(repr(b), b.dtype == a.dtype)
g = io.BytesIO()
np.savez(g, a=np.arange(2), b=np.eye(2))
g.seek(0)
z = np.load(g)
print(z.files, z['a'], z['b'])
g = io.BytesIO()
np.savez_compressed(g, np.arange(3), x=np.array([1.5]))
g.seek(0)
with np.load(g) as d:
    print(sorted(d.files), d['arr_0'], d['x'], 'x' in d)
print(np.genfromtxt(io.StringIO('1,2\n3,'), delimiter=','), np.loadtxt(io.StringIO('1 2\n3 4')), np.loadtxt(['1,2', '3,4'], delimiter=','))
for f in [lambda: np.load('none.npy'), lambda: np.loadtxt('none.txt'), lambda: np.loadtxt(io.StringIO('1 x'))]:
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
