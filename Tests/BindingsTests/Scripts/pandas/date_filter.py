import pandas as pd

df = pd.DataFrame({"d": pd.to_datetime(["2024-01-01", "2024-06-01"]), "v": [1, 2]})
print(df[df.d > "2024-03-01"])
print(df.set_index("d").loc["2024-06"])
print(df.d.max(), df.d.dt.quarter.tolist())
