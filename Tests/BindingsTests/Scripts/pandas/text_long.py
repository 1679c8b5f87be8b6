import pandas as pd

print(pd.DataFrame({"t": ["x" * 80, "short"]}))
