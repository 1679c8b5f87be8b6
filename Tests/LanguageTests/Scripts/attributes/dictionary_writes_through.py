class A:
    def __init__(self, **options):
        self.__dict__.update(options)
        self.z = 1

a = A(x=1, y=2)
print(a.x, a.y, a.z, vars(a))
a.__dict__['q'] = 5
print(a.q)
del a.__dict__['x']
print(hasattr(a, 'x'))
vars(a)['w'] = 1
print(a.w, sorted(vars(a)))
a.__dict__.pop('y')
print(hasattr(a, 'y'))
a.__dict__.setdefault('s', 3)
print(a.s)
a.__dict__.clear()
print(vars(a), hasattr(a, 's'))
