import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.query("z > 1"))
t(lambda: df.pivot(index="a", columns="q", values="b"))
t(lambda: df.fillna())
t(lambda: df.sample(5))
