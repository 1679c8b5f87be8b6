import pandas as pd
i = pd.Index([3, 1, 2], name="k")
df = pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["x", "y", "z"], name="id"))
df.index.name = "nid"
df.columns.name = "cols"
print(pd.date_range("2024-01-01", periods=2), pd.DatetimeIndex(["2024-01-01"]), pd.TimedeltaIndex(["1 days"]))
