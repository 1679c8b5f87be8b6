import hashlib, base64, struct, binascii
try:
    hashlib.md5('x')
except TypeError as e:
    print(e)
try:
    hashlib.new('zz')
except ValueError as e:
    print(e)
