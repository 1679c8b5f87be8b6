import pandas as pd
s = pd.Series(["a_1_x", "b_2_y", "c_3_z"])
print(s.str.match(r"a"), s.str.fullmatch(r"\w_\d_\w"))
print(s.str.center(11, "*").tolist(), s.str.ljust(7, "-").tolist(), s.str.rjust(7).tolist())
print(s.str.repeat(2).tolist(), s.str.swapcase().tolist(), s.str.capitalize().tolist())
print(s.str.removeprefix("a_").tolist(), s.str.removesuffix("_z").tolist())
