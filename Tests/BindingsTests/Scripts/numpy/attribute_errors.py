import numpy as np

for f in (lambda: np.array([1]).foo, lambda: np.array([1]) + None, lambda: np.array([1, 2]) < "a" if False else np.zeros(2).append):
    try:
        f()
    except AttributeError as e:
        print(e)
    except TypeError as e:
        print("TypeError")
