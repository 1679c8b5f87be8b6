import pandas as pd
df = pd.DataFrame({"id": [1, 2, 3], "name": ["a", None, "c"], "x": [1.0, None, 3.0], "ok": [True, False, True], "d": pd.to_datetime(["2020-01-01"] * 3), "cat": pd.Categorical(["u", "v", "u"])})
print(df.dtypes["name"], df["name"].dtype, df["cat"].dtype, df["d"].dtype)
print(df.select_dtypes("number").columns.tolist(), df.select_dtypes(exclude="number").columns.tolist())
print(df.isna().sum())
print(df.isnull().sum().sum(), df.notna().all().tolist())
