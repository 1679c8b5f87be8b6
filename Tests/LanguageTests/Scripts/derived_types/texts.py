class S(str): pass
s = S('ab')
print(repr(s), type(s + 'c'), type(s[:]), type(s * 1), type(s.strip()), type(str(s)), s == 'ab')
print({'ab': 1}[s], f'{s}', '%s' % s, s.upper(), 'a' in s, ','.join([s, s]), s < 'b', len(s), hash(s) == hash('ab'))
class Up(str):
    def __new__(cls, text, extra=0):
        made = super().__new__(cls, text.upper())
        made.extra = extra
        return made
    def shout(self):
        return self + '!'
u = Up('abc', extra=4)
print(u, u.extra, type(u), u + 'd', len(u), u[0], 'A' in u, u.lower(), u.shout(), [c for c in u], sorted(u))
class Quiet(str):
    def __str__(self): return 'hidden'
    def __repr__(self): return 'Quiet'
    def __eq__(self, other): return False
    def __hash__(self): return 1
q = Quiet('x')
print(q, [q], q == 'x', 'x' == q, f'{q}', 'a' + q, str(q) + '.')
class B(bytes): pass
b = B(b'ab')
print(repr(b), type(b + b'c'), b == b'ab', len(b), b[0], b.decode())
