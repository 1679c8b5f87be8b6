import numpy as np

x = np.array([7.0, 1.0, 3.0, 9.0, 5.0])
print(np.percentile(x, [0, 25, 50, 75, 100]), np.quantile(x, 0.1), np.median(x))
for method in ("linear", "lower", "higher", "nearest", "midpoint"):
    print(method, np.percentile(x, 40, method=method))
print(np.percentile(x.reshape(1, 5), 50, axis=1, keepdims=True))
counts, edges = np.histogram(x, bins=4)
print(counts, edges)
print(np.histogram(x, bins=2, density=True), np.digitize(x, [2, 6]))
print(np.nanmedian([1.0, np.nan, 3.0]), np.nanpercentile([1.0, np.nan, 3.0], 50), np.nanstd([1.0, np.nan, 3.0]), np.nanprod([2.0, np.nan]))
print(np.cov(x, x[::-1]), np.corrcoef(x, x ** 2))
print(np.ptp(x), np.average(x, weights=[1, 0, 0, 0, 1]), np.nanargmax([np.nan, 2.0, 1.0]))
