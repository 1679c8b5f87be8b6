import pandas as pd
a = pd.Series([1, 2, 3], index=list("abc"))
b = pd.Series([10, 20, 30], index=list("bcd"))
print(pd.Series([3, 1, 2]).argsort().tolist(), pd.Series([True, False]).sum(), pd.Series([], dtype=float))
print(pd.Series(5, index=["x", "y"]), pd.Series({"k": 1, "j": 2.5}), pd.Series((1, 2)), pd.Series(range(3)))
print(pd.Series([1, "a", None, 2.5]), pd.Series([None, 1]), pd.Series(["a", None]), pd.Series([True, None]))
print(a.combine_first(b), a.where(a > 1, other=-1), a.quantile([0.25, 0.75]), a.pop if False else a.nunique())
