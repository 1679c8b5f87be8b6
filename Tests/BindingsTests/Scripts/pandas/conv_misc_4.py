import pandas as pd
import numpy as np
df = pd.DataFrame({"x": [3, 1, 2], "y": ["b", "a", "c"]})
print(df.empty, df.ndim, df.x.ndim, df.columns.values, df.index.values, df.columns.str.upper().tolist())
print(df.to_dict(orient="list"), df.x.to_dict(), df.to_records(index=False)[0] if False else "")
print(df.nunique().to_dict(), df.x.is_monotonic_increasing, df.sort_values("x").x.is_monotonic_increasing)
print(pd.concat([df, df]).reset_index(drop=True).drop_duplicates().shape, df._append if False else "")
