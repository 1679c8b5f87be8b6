import pandas as pd
s = pd.Series([1.0, 2.0, 4.0, 8.0, 16.0, None, 64.0])
print(s.expanding().mean())
print(s.ewm(span=3).mean())
print(s.ewm(alpha=0.5, adjust=False).mean())
print(s.rolling(2).apply(lambda w: w.sum() * 2))
