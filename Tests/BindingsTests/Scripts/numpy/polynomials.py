import numpy as np

x = np.arange(5.0)
c = np.polyfit(x, 2 * x ** 2 - x + 3, 2)
print(c.round(6))
print(np.polyval([2, -1, 3], x))
print(np.polyder([2, -1, 3]), np.polyint([2, 2]), np.polymul([1, 1], [1, -1]), np.polyadd([1], [1, 2]))
print(np.interp([0.5, 1.5], [0, 1, 2], [0, 10, 40]), np.trapezoid([1, 2, 3], dx=0.5))
print(np.gradient(np.array([1.0, 2.0, 4.0, 7.0])), np.diff([1, 4, 9, 16], n=2))
