import hashlib, base64, struct, binascii
for c in (lambda: struct.pack('b', 200), lambda: struct.pack('i', 'x'), lambda: struct.pack('ii', 1), lambda: struct.unpack('i', b'a'), lambda: struct.pack('z', 1), lambda: struct.pack('H', -1), lambda: struct.pack('i', 2 ** 31), lambda: struct.pack('f', 'a'), lambda: struct.pack('s', 3), lambda: struct.pack('<q', 2 ** 63), lambda: struct.pack('B', 1.5), lambda: struct.unpack('i', 'abcd')):
    try:
        print(c())
    except Exception as e:
        print(type(e).__name__, e)
