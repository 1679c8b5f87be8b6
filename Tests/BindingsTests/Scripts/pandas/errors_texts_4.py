import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.a.zzz)
t(lambda: df.rename(columns={"q": "r"}, errors="raise"))
t(lambda: pd.DataFrame({"a": [1, 2], "b": [1]}))
t(lambda: pd.DataFrame([[1, 2], [3, 4]], columns=["a"]))
