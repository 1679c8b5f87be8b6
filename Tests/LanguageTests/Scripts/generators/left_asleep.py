def g():
    try:
        yield 1
        yield 2
    finally:
        print('cleanup')
x = g(); print(next(x))
del x
print('after')
x = g(); next(x); x = None
print('after 2')
def f():
    y = g(); next(y)
    print('leaving')
f()
print('after 3')
for v in g():
    break
print('after 4')
x = g(); next(x); x.close(); print('closed')
def h():
    try:
        yield 1
    except GeneratorExit:
        print('exit seen')
        raise
x = h(); next(x); del x
def k():
    with C() as c:
        yield c
class C:
    def __enter__(self): print('enter'); return 1
    def __exit__(self, *a): print('leave', a[0])
x = k(); next(x); del x
print(next(k()))
print('end')
