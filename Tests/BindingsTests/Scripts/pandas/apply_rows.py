import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
print(df.apply(lambda r: r.a + r.b, axis=1))
print(df.apply(np.sum))
print(df.map(lambda x: x * 10))
