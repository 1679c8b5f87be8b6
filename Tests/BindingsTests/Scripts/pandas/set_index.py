import pandas as pd

df = pd.DataFrame({"k": ["x", "y"], "v": [1, 2]})
print(df.set_index("k"))
print(df.set_index("k").loc["y", "v"])
