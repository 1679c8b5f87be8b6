import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.dropna(subset=["q"]))
t(lambda: df.apply("nonsense"))
t(lambda: df.mean(axis=3))
t(lambda: df.xs("q"))
