n = 16 ** 10000
print(len(hex(n)), int(hex(n), 16) == n, len(bin(n)), len(oct(n)), f"{n:x}"[:3])
