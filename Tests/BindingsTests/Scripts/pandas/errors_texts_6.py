import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.insert(0, "a", 1))
t(lambda: df.iloc["a"])
t(lambda: df.iloc[0, 0, 0])
t(lambda: df.loc["a"])
