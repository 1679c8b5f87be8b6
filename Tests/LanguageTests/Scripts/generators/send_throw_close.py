def acc():
    total = 0
    while True:
        try: x = yield total
        except ValueError as e: print('VE', e); x = 0
        except GeneratorExit: print('exit'); return
        if x is None: continue
        total += x
g = acc(); print(next(g), g.send(5), g.send(3), g.throw(ValueError('bad')), g.send(2)); g.close()
try: next(g)
except StopIteration as e: print('stop', e.value)
def ret():
    yield 1
    return 'result'
def outer():
    r = yield from ret()
    print('got', r)
    yield 2
print(list(outer()))
g = ret(); next(g)
try: next(g)
except StopIteration as e: print(e.value, e.args)
try: g.throw(KeyError('k'))
except KeyError as e: print(repr(e))
def bad():
    raise StopIteration
    yield
try: next(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
g = acc()
try: g.send(1)
except TypeError as e: print(e)
def selfish():
    yield next(s)
s = selfish()
try: next(s)
except ValueError as e: print(e)
