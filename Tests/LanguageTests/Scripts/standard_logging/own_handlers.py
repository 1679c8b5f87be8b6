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

class H(logging.Handler):

    def __init__(self):
        super().__init__()
        self.seen = []

    def emit(self, record):
        self.seen.append((record.levelname, record.getMessage(), self.format(record)))

hh = H()
l2.addHandler(hh)
l2.warning('q %d', 5)
print(hh.seen)
l2.removeHandler(hh)
l2.warning('r')
print(len(hh.seen), hh)
