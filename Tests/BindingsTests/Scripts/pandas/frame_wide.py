import pandas as pd

print(pd.DataFrame({f"column_{i}": [i, i * 1.5] for i in range(15)}))
