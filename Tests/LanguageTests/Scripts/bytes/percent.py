print(b'%d items' % 5, b'%s and %s' % (b'a', b'b'))
print(b'%x %X %o %05d %+d' % (255, 255, 8, 42, 7))
print(b'%c%c' % (65, b'B'))
print(b'%r %a' % ('é', 'é'))
print(b'%b' % b'xyz', b'%%' % ())
print(b'%10s|%-10s|' % (b'ab', b'cd'))
print(b'%.2f %e %g' % (3.14159, 12345.678, 0.0001))
print(b'%(k)s=%(v)d' % {b'k': b'x', b'v': 3})
for a in ['s', 3, None, 1.5]:
    try: print(b'%s' % a)
    except TypeError as e: print(e)
for f, a in [(b'%d', 'x'), (b'%d', b'1'), (b'%c', 300), (b'%c', 'a'), (b'%f', 'x'), (b'%s %s', b'a'), (b'%s', (b'a', b'b')), (b'%z', 1), (b'%', 1), (b'%(a)s', 1), (b'%x', 1.5)]:
    try: print(f % a)
    except Exception as e: print(type(e).__name__, e)
class B:
    def __bytes__(self): return b'BB'
print(b'<%s>' % B())
print(bytearray(b'%d') % 3)
