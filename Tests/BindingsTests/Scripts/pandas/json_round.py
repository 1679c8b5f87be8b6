import io

import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [1.5, None]})
print(df.to_json())
print(pd.read_json(io.StringIO('{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'), lines=True))
