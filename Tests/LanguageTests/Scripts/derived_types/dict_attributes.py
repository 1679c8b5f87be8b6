class AttrDict(dict):
    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key)

    def __setattr__(self, key, value):
        self[key] = value

    def __delattr__(self, key):
        del self[key]

d = AttrDict(a=1)
d.b = 2
print(d, d.a, d.b, 'b' in d, sorted(d.items()), {**d}, dict(d), d.get('z'), d.pop('a'), len(d))
del d.b
print(d, hasattr(d, 'b'))
try:
    d.zz
except AttributeError as error:
    print('AttributeError', error)

class Bunch(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__

b = Bunch(lr=0.1)
b.epochs = 3
print(b, b.lr, b['epochs'])
