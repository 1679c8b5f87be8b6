import numpy as np

a = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])
print(np.median(a), np.median([1, 2, 3]), np.median(np.arange(6).reshape(2, 3), axis=1))
print(np.percentile(a, 50), np.percentile(a, [25, 50, 75]), np.quantile(a, 0.1))
print(np.percentile(np.arange(12).reshape(3, 4), 30, axis=0))
print(np.average([1, 2, 3], weights=[3, 1, 1]), np.average(a))
print(np.cov([1.0, 2.0, 3.0], [2.0, 4.0, 7.0]))
print(np.corrcoef([1.0, 2.0, 3.0], [2.0, 4.0, 7.0]))
print(np.histogram([1, 2, 1, 4, 5], bins=4))
print(np.histogram([1.0, 2.0, 1.5], bins=[0, 1, 2, 3]))
print(np.bincount([0, 1, 1, 3]), np.bincount([0, 1, 1], weights=[0.5, 1, 1.5]), np.bincount([1], minlength=4))
print(np.nanmean([1, np.nan, 3]), np.nansum([1, np.nan]), np.nanmax([1, np.nan, 3]), np.nanstd([1, np.nan, 3]))
