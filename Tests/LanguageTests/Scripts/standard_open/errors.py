import os
open("e.txt", "w").close()
cases = [lambda: open("nope.txt"), lambda: open("/tmp"), lambda: open("e.txt", "q"), lambda: open("e.txt", "rw"),
         lambda: open("e.txt", "rbt"), lambda: open("e.txt", "rb", encoding="utf-8"), lambda: open("e.txt").write("x"),
         lambda: open("e.txt", "w").read(), lambda: open("e.txt", "w").write(3), lambda: open("e.txt", "wb").write("s"),
         lambda: open(3.5), lambda: open("e.txt", 3), lambda: open("e.txt", encoding="nope"), lambda: open("e.txt", ""),
         lambda: open("e.txt").read("a"), lambda: open("e.txt", newline="x")]
for case in cases:
    try:
        print(case())
    except Exception as e:
        print(type(e).__name__, e)
f = open("e.txt")
f.close()
f.close()
for case in [lambda: f.read(), lambda: f.write("x"), lambda: next(f), lambda: f.__enter__(), lambda: f.seek(0)]:
    try:
        print(case())
    except Exception as e:
        print(type(e).__name__, e)
with open("e.txt", "wb") as f:
    f.write(b"ok \xff\xfe")
try:
    open("e.txt").read()
except UnicodeDecodeError as e:
    print(e)
print(open("e.txt", errors="ignore").read(), open("e.txt", encoding="latin-1").read())
os.remove("e.txt")
