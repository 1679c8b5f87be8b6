from collections import UserDict

class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

d = Lower({'A': 1}, B=2)
d.update(C=3)
print(d, d['a'], len(d), 'b' in d, list(d), d.get('z'), d.data, d.pop('c'), d == {'a': 1, 'b': 2})
try:
    d['Q']
except KeyError as error:
    print('KeyError', error)
print(type(d.copy()).__name__, dict(d), sorted(d.items()))
