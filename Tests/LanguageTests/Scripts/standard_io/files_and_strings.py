import io
s = io.StringIO('a\nb\nc'); print(s.read(1), s.readline(), s.readlines(), s.tell(), s.seek(0), list(s), s.getvalue()); w = io.StringIO(); w.write('x'); print('hello', file=w); print(repr(w.getvalue()), w.closed); w.close()
try: w.read()
except ValueError as e: print(e)
b = io.BytesIO(b'abc'); print(b.read(2), b.getvalue(), b.write(b'Z'), b.getvalue(), b.tell()); b.seek(0); print(b.readline(), b.read())
with io.StringIO() as f: f.write('q'); print(f.getvalue())
import os, tempfile
p = os.path.join(tempfile.mkdtemp(), 't.txt')
with open(p, 'w') as f: print(f.write('l1\nl2\n'), f.writable(), f.readable(), f.mode)
with open(p) as f: print([l.rstrip() for l in f], f.closed); 
print(f.closed, open(p).read(), open(p).readlines(), os.path.exists(p), os.path.basename(p), os.path.splitext('a/b.tar.gz'), os.path.join('a', '/b'), os.path.dirname('/a/b'))
with open(p, 'a') as f: f.writelines(['l3\n', 'l4'])
with open(p, 'rb') as f: print(f.read(), f.seek(2), f.read(3), f.tell())
try: open(p, 'q')
except ValueError as e: print(e)
try: open(p, 'x')
except FileExistsError as e: print(type(e).__name__)
try:
    with open(p, 'w') as f: f.read()
except io.UnsupportedOperation as e: print(e)
try: open(p, 'w').write(5)
except TypeError as e: print(e)
try: open(p, 'wb').write('a')
except TypeError as e: print(e)
