import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [0.5, None]}, index=["r", "s"])
print(df.to_json(orient="records", lines=True))
print(df.to_string())
print(df.to_string(index=False))
print(df.to_string(header=False, na_rep="-"))
