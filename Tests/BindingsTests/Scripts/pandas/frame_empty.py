import pandas as pd

print(pd.DataFrame())
print(pd.DataFrame(columns=["a", "b"]))
