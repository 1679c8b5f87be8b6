import io
import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x,y", 'q"t'], "c": [0.1, None]})
print(df.to_csv(float_format="%.3f", index_label="row"))
buf = io.StringIO()
df.to_csv(buf, index=False)
print(repr(buf.getvalue()))
