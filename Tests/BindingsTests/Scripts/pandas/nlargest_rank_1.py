import pandas as pd
df = pd.DataFrame({"n": list("abcdef"), "v": [3, 9, 1, 9, 5, 2], "w": [1.0, 2.0, 3.0, 1.0, 5.0, 6.0]})
print(df.nlargest(3, "v"))
print(df.nsmallest(2, "v"))
print(df.nlargest(2, ["v", "w"]))
print(df["v"].nlargest(2), df["v"].nsmallest(2))
