import pandas as pd

s = pd.Series([1, 2, 3, 2, 100])
q1, q3 = s.quantile(0.25), s.quantile(0.75)
print(s[(s < q1 - 1.5 * (q3 - q1)) | (s > q3 + 1.5 * (q3 - q1))])
