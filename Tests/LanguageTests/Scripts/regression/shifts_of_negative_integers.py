# A shift to the right rounds down, whatever the size of the integer.
for exponent in (30, 62, 63, 64, 65, 127, 128, 200):
    for offset in (-3, -1, 0, 1):
        value = -(2**exponent) + offset
        for count in (0, 1, 2, 31, 63, 64, 65, 127, 128, 129, 1000):
            shifted = value >> count
            assert shifted == value // 2**count, (exponent, offset, count, shifted)
    print(exponent, (-(2**exponent) - 1) >> exponent, -(2**exponent) >> exponent)
print(~((~(0x1010 << 100)) >> 100))
value = -(3**50)
value >>= 70
print(value, -1 >> 10**6, -(10**30) >> 10**30)
