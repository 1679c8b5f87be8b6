import pandas as pd

df = pd.DataFrame({"a": [1]})
for f in (lambda: df["zz"], lambda: df.loc[5], lambda: df.drop(columns="q"), lambda: df.iloc[9], lambda: df.zz):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
