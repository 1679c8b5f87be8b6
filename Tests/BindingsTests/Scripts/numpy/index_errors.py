import numpy as np

a = np.zeros((2, 3))
for f in (lambda: a[2], lambda: a[0, 3], lambda: a[0, 0, 0], lambda: a[1.5], lambda: a["x"],
          lambda: a[[5]], lambda: np.array(3)[0]):
    try:
        f()
    except IndexError as e:
        print("IndexError:", e)
