import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.astype("nonsense"))
t(lambda: df.agg("nonsense"))
t(lambda: df.groupby("a").agg("nonsense"))
t(lambda: df.merge(df, on="q"))
