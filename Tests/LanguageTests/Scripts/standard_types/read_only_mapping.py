import types
m = types.MappingProxyType({'a': 1})
print(m, m['a'], len(m), list(m), m.get('z'), 'a' in m)
try:
    m['b'] = 2
except TypeError as e:
    print(e)
