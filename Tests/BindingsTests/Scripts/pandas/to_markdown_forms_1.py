import pandas as pd
df = pd.DataFrame({"name": ["Al", "Barbara"], "v": [1.5, 22.25], "n": [3, 40]})
print(df.to_markdown())
print(df.to_markdown(index=False))
print(df["v"].to_markdown())
