class D(dict): pass
d = D(a=1)
print(repr(d), type(d.copy()), type(d | {}), type(D.fromkeys('ab')), D.fromkeys('ab', 0))
e = d
d |= {1: 2}
print(type(d), d, e is d, {**d}, dict(d), list(d), 'a' in d, d == {'a': 1, 1: 2}, len(d))
d.note = 'n'
print(d.note, d.__dict__, sorted(map(str, d)), d.get('z'), d.setdefault('z', 5), d.pop('z'))
for key, value in d.items():
    print(key, value)
def f(**named): return named
print(f(**D(x=1)))
del d['a']
print(d, bool(D()), D([('x', 1)], y=2), D({'q': 1}))
try:
    d['missing']
except KeyError as error:
    print('KeyError', error)
