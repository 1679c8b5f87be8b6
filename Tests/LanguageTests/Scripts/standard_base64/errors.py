import hashlib, base64, struct, binascii
for bad in ('abc', 'a', 'é'):
    try:
        base64.b64decode(bad)
    except Exception as e:
        print(type(e).__name__, e)
try:
    base64.b64encode('s')
except TypeError as e:
    print(e)
