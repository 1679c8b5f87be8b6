try:
    x += y
except NameError as e: print(e)
try:
    x = x + y
except NameError as e: print(e)
def f():
    z += w
try: f()
except NameError as e: print(type(e).__name__, e)
