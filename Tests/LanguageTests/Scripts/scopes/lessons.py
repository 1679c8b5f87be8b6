x = 10
def outer():
    x = 20
    def inner():
        global x
        x = 30
        return x
    return inner(), x
print(outer(), x)
def f(a, b=x): return a + b
x = 1; print(f(1))
def g():
    y = [1]
    def h(): y.append(2); return y
    return h()
print(g())
lst = []
for i in range(3):
    def fn(i=i): return i
    lst.append(fn)
print([q() for q in lst], i)
if True:
    z = 'block'
print(z)
def loop():
    for j in range(2): pass
    return j
print(loop())
try: raise ValueError('e')
except ValueError as err: pass
try: err
except NameError as e: print(e)
print([e for e in [1, 2]], (lambda e: e)(5))
