for x in [1.5, 0.1, -2.75, 1e308, 5e-324, 0.0, -0.0, float("inf"), float("-inf"), float("nan")]:
    print(x.hex())
print(float.fromhex("0x1.8p+1"), float.fromhex("0x.8"), float.fromhex("1e"), float.fromhex("-0x1p-1074"), float.fromhex("0x1.fffffffffffff8p0"), float.fromhex(" inf "))
float.fromhex("0xg")
