d = {'a': 1, 'b': 2}
d['c'] = 3; d.update(d=4, a=0); print(d, d.pop('b'), d.pop('z', 'no'), d.setdefault('e', []), d.get('q'), list(d), d.items(), d.keys(), d.values(), d.popitem(), len(d), 'a' in d, {**d, 'x': 9}, d | {'a': 5}, dict(a=1), dict([('k', 'v')]), dict(zip('ab', [1, 2])), dict.fromkeys('ab', 0), {v: k for k, v in d.items()})
d |= {'new': 1}; print(d, d == {'new': 1, 'a': 0, 'c': 3, 'd': 4}, list(reversed(d)), d.keys() & {'a', 'zz'}, d.items() >= {('a', 0)}, sorted(d.keys() | {'q'}))
e = d.copy(); e.clear(); print(e, d, {1: 'a', 1.0: 'b', True: 'c'}, {(1, 2): 3}[1, 2], bool({}))
for f in (lambda: d['zzz'], lambda: d.pop('zzz'), lambda: {}.popitem(), lambda: d.foo, lambda: d + {}, lambda: d[[]], lambda: d < {}, lambda: d.update(5), lambda: {}.fromkeys(5), lambda: d.get(), lambda: {'a': 1}.__getitem__('b'), lambda: dict(**{1: 2})):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try:
    for k in d: d[k + 'x'] = 1
except RuntimeError as e: print(e)
try:
    for k in d: del d[k]
except RuntimeError as e: print(e)
d = {'x': {'y': [1]}}; d['x']['y'].append(d); print(d)
