import pandas as pd
df = pd.DataFrame({"id": [1, 2], "math": [90, 80], "art": [70, 60]})
w = df.set_index("id")
s = w.stack()
print(s.unstack())
print(s.unstack(0))
print(w.T)
print(w.unstack())
