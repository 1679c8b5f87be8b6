import io
s = io.StringIO()
print(s.write("hello\nwörld\n"), s.getvalue(), s.tell(), s.seek(0), s.read(3), s.readline(), s.readlines(), s.read())
s = io.StringIO("a\nb\nc")
print(list(s), s.tell(), s.seek(2), s.write("XY"), s.getvalue(), s.truncate(3), s.getvalue())
print("x", "y", sep="-", file=s)
print(repr(s.getvalue()))
b = io.BytesIO(b"abc")
print(b.read(2), b.read(), b.write(b"def"), b.getvalue(), b.seek(-2, 2), b.read())
with io.StringIO("q") as f:
    print(f.read(), f.closed)
print(f.closed)
for bad in [lambda: f.read(), lambda: io.StringIO(3), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO("x"), lambda: io.StringIO("x").seek(-1)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
u = io.StringIO("héllo wörld")
print(u.read(2), u.tell(), u.read(3), u.seek(1), u.read(), u.write("!"), u.getvalue())
print(isinstance(io.UnsupportedOperation("x"), OSError), io.SEEK_END)
