import pandas as pd
df = pd.DataFrame({"id": [1, 2, 3], "name": ["a", None, "c"], "x": [1.0, None, 3.0], "ok": [True, False, True], "d": pd.to_datetime(["2020-01-01"] * 3), "cat": pd.Categorical(["u", "v", "u"])})
df.info()
df[["id"]].info()
df["x"].info()
df.info(verbose=False)
