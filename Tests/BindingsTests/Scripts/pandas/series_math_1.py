import pandas as pd
a = pd.Series([1, 2, 3], index=list("abc"))
b = pd.Series([10, 20, 30], index=list("bcd"))
print(a + b, a.add(b, fill_value=0), a * 2, 1 / a, a ** 2, a // 2, a % 2)
print(a > 1, a == a, a.eq(2), a.ne(2), a.lt(b) if False else a.lt(2))
print(a.sum(), a.mean(), a.median(), a.std(), a.var(), a.prod(), a.min(), a.max())
print(a.agg(["min", "max"]), a.describe())
