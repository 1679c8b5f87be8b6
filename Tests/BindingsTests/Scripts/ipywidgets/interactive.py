from ipywidgets import interactive, fixed
def attempt(f):
    try: f(); print('ok')
    except Exception as e: print(type(e).__name__, e)
def f(x, y=2.0, name='n', flag=True, mode='a'): print('f', x, y, name, flag, mode); return x
w = interactive(f, clear_output=False, x=(0, 10), y=(0.0, 1.0, 0.25), mode=['a', 'b'])
print(w)
print([type(c).__name__ for c in w.children], w.result, w.kwargs)
w.children[0].value = 8
print(w.result, w.kwargs)
w2 = interactive(lambda k: k, k=fixed(3), clear_output=False); print(w2.result, w2)
attempt(lambda: interactive(lambda z: z))
attempt(lambda: interactive(lambda z: z, z=(5, 1)))
print([interactive(lambda v: v, v=val, clear_output=False).children[0] for val in (5, -3, 0, 2.5, 'txt', False, (1, 9, 2), {'a': 1}, ['p', 'q'])])
