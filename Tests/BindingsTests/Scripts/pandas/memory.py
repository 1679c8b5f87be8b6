import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 1.5, 2.5]})
print(df.memory_usage())
