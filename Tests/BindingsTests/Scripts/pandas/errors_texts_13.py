import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: pd.cut([1, 2], "q"))
t(lambda: df.join(df))
t(lambda: df.merge(df, how="weird", on="a"))
