import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
n, bins, patches = plt.hist([1, 2, 2, 3, 3, 3, 4], bins=4)
print(n, bins, len(patches))
n, bins, _ = plt.hist(np.arange(10), bins=[0, 5, 10], density=True)
print(n, bins)
n, bins, p = plt.hist([[1, 2, 3], [2, 3, 4]], bins=3)
print(n, bins, len(p))
print(plt.hist([1, 2], range=(0, 4), bins=2, cumulative=True)[0])
print(plt.hist([1.0, 2.0, 2.5], bins=2, weights=[1, 2, 3])[0])
b = plt.bar(["a", "b"], [3, 5])
print(len(b), b[0].get_height(), b[1].get_width(), [p.get_height() for p in b])
bh = plt.barh(["a", "b"], [3, 5])
print(bh[1].get_width())
