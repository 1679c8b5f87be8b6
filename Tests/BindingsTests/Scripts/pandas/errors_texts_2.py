import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.loc[0, "z"])
t(lambda: df.loc[[0, 7]])
t(lambda: df.drop("z", axis=1))
t(lambda: df.drop(columns=["a", "q"]))
