class CM:
    def __init__(self, n, sup=False): self.n = n; self.sup = sup
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, t, v, tb): print('exit', self.n, t.__name__ if t else None, v); return self.sup
with CM(1) as a, CM(2) as b: print(a, b)
with (CM(3) as a, CM(4)): print(a)
with CM(5, True): raise ValueError('sup')
try:
    with CM(6), CM(7): raise KeyError('k')
except KeyError as e: print('caught', e)
def f():
    with CM(8): return 'ret'
print(f())
for i in range(2):
    with CM(i): 
        if i == 0: continue
        break
for o in (5, object()):
    try:
        with o: pass
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
