import hashlib, base64, struct, binascii
print(base64.b64encode(b'hello world'))
print(base64.b64decode('aGVsbG8='))
print(base64.urlsafe_b64encode(b'\xff\xfe\xfd'))
print(base64.b16encode(b'hi'))
print(base64.b64encode(b''))
print(base64.b64decode(b'aGVs\nbG8='))
