def f(a, b=2, *args, c, d=4, **kw):
    "doc"
    x = 1
    return x
c = f.__code__
print(c.co_name, c.co_varnames, c.co_argcount, c.co_kwonlyargcount, c.co_posonlyargcount, c.co_nlocals, c.co_firstlineno)
print(f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__qualname__, f.__module__, f.__doc__, f.__name__)
def g(x: int, y: 'str' = 'a') -> float: pass
print(g.__annotations__, g.__defaults__, g.__kwdefaults__)
print((lambda x: x).__code__.co_name, (lambda: 0).__qualname__)
class A:
    def m(self): return 1
    class B:
        def n(self): pass
print(A.m.__qualname__, A.B.n.__qualname__, A.B.__qualname__, A().m.__func__ is A.m, A().m.__self__.__class__)
def outer():
    v = 1
    def inner(): return v
    return inner
i = outer()
print(i.__qualname__, i.__code__.co_freevars, i.__closure__[0].cell_contents, outer.__code__.co_cellvars)
print(f.__globals__ is not None, f.__closure__)
def d(): pass
d.__defaults__ = (1,)
d.x = 5
print(d.__dict__, d.x)
def e(a, b): return a + b
e.__defaults__ = (10,)
print(e(1))
e.__name__ = 'eee'
print(e.__name__)
