import pandas as pd
import numpy as np
s = pd.Series([1.0, 4.0, 9.0], index=["a", "b", "c"])
print(np.mean(s), np.median(s), np.sum(s), np.var(s), np.std(s, ddof=1), np.percentile(s, 50), np.max(s), np.argmax(s.values))
print((s - s.mean()) / s.std(), (s - s.min()) / (s.max() - s.min()))
print(s.gt(3).tolist(), s.le(4).tolist(), (s > 2).all(), (s > 20).any(), s.between(2, 9).sum(), s.isin([1.0]).tolist())
print(s.map(np.sqrt), s.apply(lambda v: int(v)), s.apply(["sum", "mean"]), s.agg({"x": "sum", "y": "max"}))
