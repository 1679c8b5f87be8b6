import os
with open("n.txt", "wb") as f:
    f.write(b"a\r\nb\rc\nd")
print(open("n.txt").read().split("\n"), open("n.txt").readlines())
print(open("n.txt", newline="").readlines(), open("n.txt", newline="\n").readlines())
with open("n.txt", "w", newline="\r\n") as f:
    f.write("x\ny\n")
print(open("n.txt", "rb").read())
with open("n.txt", "w") as f:
    for i in range(5000):
        print(i, "line", file=f)
with open("n.txt") as f:
    lines = f.readlines()
print(len(lines), lines[-1], sum(len(l) for l in lines))
with open("n.txt") as f:
    total = 0
    while True:
        block = f.read(777)
        if not block: break
        total += len(block)
print(total, os.path.getsize("n.txt"))
os.remove("n.txt")
