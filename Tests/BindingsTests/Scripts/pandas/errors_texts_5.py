import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: pd.Series([1, 2], index=[1]))
t(lambda: bool(df["a"] > 1))
t(lambda: bool(df))
t(lambda: df["a"] and df["b"])
