import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df["z"])
t(lambda: df[["a", "z"]])
t(lambda: df[["y", "z"]])
t(lambda: df.loc[5])
