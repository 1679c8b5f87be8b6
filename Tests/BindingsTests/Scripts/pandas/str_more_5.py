import pandas as pd
s = pd.Series(["a_1_x", "b_2_y", "c_3_z"])
print(s.str.extractall(r"([a-z])"))
print(s.str.translate({97: "A"}).tolist())
try:
    pd.Series([1, 2]).str.upper()
except AttributeError as e:
    print(e)
