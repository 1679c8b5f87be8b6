import hashlib, base64, struct, binascii
print(binascii.hexlify(b'abc'))
print(binascii.unhexlify('616263'))
print(binascii.crc32(b'hello'))
