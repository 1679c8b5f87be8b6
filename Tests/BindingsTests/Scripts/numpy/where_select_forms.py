import numpy as np
x = np.array([-2, 0, 3])
print(np.where(x > 0, 1, -1), np.where(x > 0, x, 0.5), np.where([True, False], [1, 2], [[3], [4]]), np.where(x), np.where(True, 1, 2), np.where(x > 0, 'a', 'b') if False else '', np.select([x < 0, x == 0], [-1, 0], default=1), np.select([x < 0], [x * 1.5]), np.piecewise(x.astype(float), [x < 0, x >= 0], [lambda v: -v, lambda v: v * 10]), np.choose(np.array([0, 1, 1]), [x, x * 2]), np.clip(x, -1, 1), np.sign(x), np.maximum(x, 0), np.heaviside(x, 0.5), np.nan_to_num(np.array([np.nan, 1.0])), np.isin(x, [0, 3]), np.count_nonzero(x), np.argwhere(x != 0).ravel(), np.extract(x > -1, x), np.putmask)
y = np.array([1., np.nan, 3.])
print(np.where(np.isnan(y), 0, y), np.nanmean(y), y[~np.isnan(y)], np.isnan(y).sum(), np.nan_to_num(y, nan=-1), np.nanmax(y), np.nanmin(y), np.nansum(y), np.nanstd(y), np.nanmedian(y), np.nanpercentile(y, 50), np.nanargmin(y), np.nancumsum(y))
