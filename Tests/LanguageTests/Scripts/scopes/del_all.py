x = [1, 2, 3]; del x[0]; print(x); d = {'a': 1}; del d['a']; print(d); y = 5; del y
try: y
except NameError as e: print(e)
class A: z = 1
del A.z
try: A.z
except AttributeError as e: print(e)
a = A(); a.q = 1; del a.q
try: a.q
except AttributeError as e: print(e)
l = list(range(10)); del l[::2], l[0]; print(l); del (l[0], l[0]); print(l); del l; 
try: del undefined_thing
except NameError as e: print(e)
def f():
    try: del local
    except UnboundLocalError as e: print(e)
    local = 1
f()
