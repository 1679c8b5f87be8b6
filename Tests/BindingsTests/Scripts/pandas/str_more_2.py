import pandas as pd
s = pd.Series(["a_1_x", "b_2_y", "c_3_z"])
print(s.str.findall(r"[a-z]"))
print(s.str.partition("_"))
print(s.str.cat(["1", "2", "3"], sep="/"))
print(s.str.slice(0, 3), s.str.slice_replace(0, 1, "Q"))
