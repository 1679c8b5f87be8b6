import pandas as pd
a = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
b = pd.DataFrame({"y": [10, 20], "z": [30, 40]}, index=[1, 2])
print(a + b, a.add(b, fill_value=0), a.sub(1), a.mul(a), a.div(2), a / a["x"].sum())
print(a.sub(a.mean(), axis=1), a.sub(a["x"], axis=0), a - a.mean(), a.div(a.sum(axis=1), axis=0))
print(a == 2, a > a.mean(), a.eq(a), a.equals(a.copy()), (a == a).all().all())
print(a @ a.T if False else a.dot(a.T), a.T.dot(a), 10 - a, 2 ** a, a.pow(2), a.mod(2), a.floordiv(2), a.rsub(1))
