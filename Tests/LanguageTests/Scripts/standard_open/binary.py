import os
with open("b.bin", "wb") as f:
    print(f.write(b"\x00\x01\xff\nabc\r\n"), f.tell())
with open("b.bin", "rb") as f:
    print(f.read(3), f.tell(), f.readline(), f.read())
    print(f.seek(-3, 2), f.read(), f.seek(1), f.seek(1, 1), f.read(1))
with open("b.bin", "rb") as f:
    print(list(f), f.readlines())
with open("b.bin", "r+b") as f:
    f.seek(1)
    f.write(b"Z")
    f.seek(0)
    print(f.read(2))
with open("b.bin", "ab") as f:
    f.write(b"!")
print(open("b.bin", "rb").read(), os.path.getsize("b.bin"))
print(open("b.bin", "rb"))
os.remove("b.bin")
