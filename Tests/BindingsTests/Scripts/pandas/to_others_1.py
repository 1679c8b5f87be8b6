import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [0.5, None]}, index=["r", "s"])
print(df.to_dict())
print(df.to_dict("records"), df.to_dict("list"), df.to_dict(orient="index"), df.to_dict("split"), df.to_dict("series")["a"].tolist())
print(df.to_json())
print(df.to_json(orient="records"), df.to_json(orient="split"), df.to_json(orient="index"), df.to_json(orient="values"), df.to_json(orient="columns"))
