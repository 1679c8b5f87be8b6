import pandas as pd
s = pd.Series(["a_1_x", "b_2_y", "c_3_z"])
print(s.str.split("_").str[1].astype(int))
print(s.str.rsplit("_", n=1))
print(s.str.extract(r"([a-z])_(\d)"))
print(s.str.extract(r"(?P<letter>[a-z])_(?P<digit>\d)"))
