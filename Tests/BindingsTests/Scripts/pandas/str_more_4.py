import pandas as pd
s = pd.Series(["a_1_x", "b_2_y", "c_3_z"])
print(s.str.join("-").tolist())
print(s.str.isalpha().tolist(), s.str.isupper().tolist(), s.str.isnumeric().tolist(), s.str.isalnum().tolist())
print(s.str.wrap(3).tolist())
print(s.str.encode("utf-8").tolist())
