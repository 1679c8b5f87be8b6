import logging, sys, io
h = logging.StreamHandler((s := io.StringIO()))
h.setFormatter(logging.Formatter('{levelname:<8}|{message}', style='{'))
h.setLevel('WARNING')
l2 = logging.getLogger('own')
l2.propagate = False
l2.addHandler(h)
l2.warning('a')
l2.info('b')
l2.error('c %s', [1])
print(repr(s.getvalue()))
print(h)
print(l2.handlers)
print(logging.getLevelName(20))
print(logging.getLevelName('INFO'))
print(logging.getLevelName(35))

class F(logging.Filter):

    def filter(self, r):
        return 'x' in r.getMessage()

h.addFilter(F())
l2.warning('x1')
l2.warning('y1')
print(repr(s.getvalue()))
