import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
print(df.apply(lambda r: [r.a, r.b], axis=1))
print(df.apply(lambda r: [r.a, r.b], axis=1, result_type="expand"))
print(df.pipe(lambda d, n: d * n, 3))
