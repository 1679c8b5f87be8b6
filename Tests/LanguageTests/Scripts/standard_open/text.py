import os
with open("t.txt", "w") as f:
    print(f.write("one\ntwo\n"), f.writelines(["three\n", "é☃\n", "last"]))
print(f.closed, f.name, f.mode)
with open("t.txt") as f:
    print(repr(f.read()))
    print(repr(f.read()))
with open("t.txt") as f:
    print(repr(f.readline()), repr(f.readline()), f.readlines())
with open("t.txt") as f:
    for i, line in enumerate(f):
        print(i, line.rstrip())
with open("t.txt", "a") as f:
    f.write("\nmore")
print(open("t.txt").read().split("\n"))
with open("t.txt", encoding="utf-8") as f:
    print(repr(f.read(5)), repr(f.read(7)), repr(f.read(4)), f.encoding)
    f.seek(0)
    print(next(f), list(f))
with open("t.txt", "r+") as f:
    f.write("ONE")
    f.seek(0)
    print(repr(f.readline()), f.tell())
try:
    open("t.txt", "x")
except FileExistsError as e:
    print(e)
os.remove("t.txt")
f = open("u.txt", "w+")
print(f.write("abc"), f.tell(), f.seek(0), f.read(), f.readable(), f.writable(), f.seekable())
f.close()
os.remove("u.txt")
