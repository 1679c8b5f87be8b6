import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: pd.concat([1, 2]))
t(lambda: df["a"] + pd.DataFrame({"x": [1]}))
t(lambda: df.columns.get_loc("q"))
t(lambda: df.nlargest(1, "q"))
