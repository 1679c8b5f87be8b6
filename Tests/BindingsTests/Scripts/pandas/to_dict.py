import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
print(df.to_dict(), df.to_dict("records"), df.to_dict("list"))
print(df.to_csv(index=False))
print(df.to_json(orient="records"))
