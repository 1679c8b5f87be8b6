import hashlib, base64, struct, binascii
for n in ('md5', 'sha1', 'sha224', 'sha256', 'sha512'):
    print(n, hashlib.new(n, b'hello').hexdigest(), getattr(hashlib, n)(b'').hexdigest(), getattr(hashlib, n)(b'a' * 200).hexdigest())
h = hashlib.sha256()
h.update(b'a')
h.update('é'.encode())
print(h.hexdigest())
print(h.digest()[:4])
print(h.name)
print(h.digest_size)
print(h.block_size)
