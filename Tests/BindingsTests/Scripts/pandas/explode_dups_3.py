import pandas as pd
df = pd.DataFrame({"id": [1, 2, 3], "tags": [["a", "b"], [], ["c"]]})
d = pd.DataFrame({"x": [1, 1, 2, 1], "y": ["a", "a", "b", "c"]})
print(d["x"].is_unique, d.duplicated().sum())
