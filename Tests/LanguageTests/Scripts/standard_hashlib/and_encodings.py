import struct, hashlib, base64, uuid, binascii
print(struct.pack('<ihf', 1, 2, 3.5), struct.unpack('<ihf', struct.pack('<ihf', 1, 2, 3.5)), struct.calcsize('>iqd'), struct.pack('>I', 5), struct.pack('5s', b'ab'), struct.unpack_from('<H', b'\x00\x01\x02', 1), list(struct.iter_unpack('B', b'ab')))
print(hashlib.md5(b'a').hexdigest(), hashlib.sha256(b'a').hexdigest(), hashlib.sha1(b'').hexdigest()[:10], hashlib.sha512(b'x').hexdigest()[:10], hashlib.new('md5', b'q').digest()[:3], base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\xff\xfe'), base64.b16encode(b'a'), binascii.hexlify(b'ab'), binascii.unhexlify('6162'), uuid.UUID('12345678123456781234567812345678'), uuid.uuid5(uuid.NAMESPACE_DNS, 'a'), len(str(uuid.uuid4())))
m = hashlib.sha256(); m.update(b'a'); m.update(b'b'); print(m.hexdigest() == hashlib.sha256(b'ab').hexdigest(), m.digest_size, m.name)
try: struct.pack('i', 'a')
except struct.error as e: print(e)
try: struct.unpack('i', b'a')
except struct.error as e: print(e)
