import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: pd.Series(["a", "b"]).sum() + 1)
t(lambda: pd.Series(["a", "b"]).mean())
t(lambda: pd.Series([1, 2]).reindex([1, 1, 2]).tolist())
t(lambda: pd.date_range("2020"))
