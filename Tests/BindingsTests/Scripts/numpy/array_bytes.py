import numpy as np
a = np.array([1, 256, -1], dtype=np.int16)
print(a.tobytes(), a.byteswap(), a.nbytes, a.itemsize, np.frombuffer(a.tobytes(), dtype=np.int16), np.frombuffer(b'\x00\x00\x80?', dtype=np.float32), np.frombuffer(b'abcd', dtype=np.uint8, count=2, offset=1))
print(np.array([1.5]).tobytes(), np.array([True, False]).tobytes(), np.packbits([1, 1, 0, 1]), np.unpackbits(np.array([208], dtype=np.uint8))[:4], np.packbits([1, 0, 1], bitorder='little'))
for f in [lambda: np.frombuffer(b'abc', dtype=np.int16), lambda: np.frombuffer('abc'), lambda: np.frombuffer(b'ab', dtype=np.uint8, count=5), lambda: np.unpackbits(np.array([1]))]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
