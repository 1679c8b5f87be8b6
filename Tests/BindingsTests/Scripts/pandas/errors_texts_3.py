import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)
t(lambda: df.drop(9))
t(lambda: df.set_index("z"))
t(lambda: df.sort_values("z"))
t(lambda: df.zzz)
