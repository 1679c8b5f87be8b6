import pandas as pd
df = pd.DataFrame({"a": range(6), "b": [x * 1.5 for x in range(6)], "c": list("uvwxyz")})
print(df.iloc[::-1])
try:
    df.iloc[10]
except IndexError as e:
    print(type(e).__name__, e)
try:
    df.iloc[:, 7]
except IndexError as e:
    print(type(e).__name__, e)
try:
    df.iloc[[1, 9]]
except IndexError as e:
    print(type(e).__name__, e)
