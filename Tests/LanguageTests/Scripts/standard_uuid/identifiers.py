import traceback, timeit, platform, inspect, numbers, unicodedata, uuid

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

u = uuid.UUID('12345678-1234-5678-1234-567812345678')
print(u)
print(repr(u))
print(u.hex)
print(u.int)
print(u.version)
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'))
print(uuid.uuid3(uuid.NAMESPACE_URL, 'x'))
print(len(str(uuid.uuid4())))
print(uuid.uuid4().version)
print(uuid.uuid4() != uuid.uuid4())
t(lambda: uuid.UUID('x'))
