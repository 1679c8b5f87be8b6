x = 'global'
class A:
    x = 'class'
    y = [x for _ in range(2)]
    z = x
    def f(self): return x
    class Inner: val = 5
    for i in range(3): pass
    lst = [i * j for i in range(2) for j in range(2)]
print(A.y, A.z, A().f(), A.Inner.val, A.i, A.lst)
try:
    class B:
        n = 2
        q = [n for _ in range(2)]
except NameError as e: print(e)
