try:
    b"ab\xe9x".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
b"\xe2\x82".decode("utf-8")
