import pandas as pd
import numpy as np
s = pd.Series([1.0, 4.0, 9.0], index=["a", "b", "c"])
print(s.to_frame().T, s.to_list(), s.to_dict(), s.reset_index(), s.rename_axis("k").reset_index(name="val"))
print(pd.concat([s, s * 2], axis=1, keys=["one", "two"]), pd.DataFrame({"s": s, "t": s * 2}).sum(axis=1))
print(round(s.mean(), 3), float(s.mean()), int(s.sum()), f"{s.mean():.3f}", str(s.sum()), repr(s.sum()))
