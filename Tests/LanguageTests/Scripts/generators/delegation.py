def gen():
    try:
        while True:
            try:
                x = yield
                print('got', x)
            except KeyError as e: print('key', e)
    finally: print('cleanup')
g = gen(); next(g); g.send(1); g.throw(KeyError('q')); g.throw(KeyError); g.close()
def sub():
    try: r = yield 1; print('sub got', r); return 'done'
    except ValueError: print('sub VE'); yield 99; return 'after'
def main():
    res = yield from sub()
    print('res', res)
    yield from [7, 8]
    return 5
m = main(); print(next(m), m.send('hey'), next(m))
try: next(m)
except StopIteration as e: print(e.value)
m = main(); next(m); print(m.throw(ValueError), next(m), m.close())
def early():
    yield 1
    return
    yield 2
print(list(early()))
def g3():
    x = yield 1
    y = yield x + 1
    return x + y
it = g3(); print(next(it), it.send(10))
try: it.send(20)
except StopIteration as e: print(e.value)
def nested():
    def inner():
        yield 'a'
    for i in range(2): yield from inner()
print(list(nested()), list(zip(nested(), g3())))
