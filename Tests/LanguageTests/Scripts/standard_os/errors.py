import os
cases = [lambda: os.listdir("nope"), lambda: os.mkdir("/"), lambda: os.remove("nope"), lambda: os.rename("nope", "b"),
         lambda: os.rmdir("nope"), lambda: os.makedirs("/tmp"), lambda: os.remove("/tmp"), lambda: os.path.getsize("nope"),
         lambda: os.stat("nope"), lambda: open("nope/x", "w"), lambda: os.listdir("/etc/passwd"), lambda: os.chdir("nope"),
         lambda: os.listdir(3.5), lambda: open("a\0b")]
for case in cases:
    try:
        print(case())
    except (OSError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    open("missing.txt")
except OSError as e:
    print(e.errno, e.strerror, e.filename, isinstance(e, FileNotFoundError), e.args, repr(e))
print(issubclass(FileNotFoundError, OSError), IOError is OSError)
