import io
import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
print(pd.DataFrame.from_dict({"a": [1, 2]}), pd.DataFrame({"a": [1, 2]}).to_dict("tight") if False else "")
print(df.to_csv(index=False).splitlines(), df.to_dict("records"))
print(pd.read_csv(io.StringIO(df.to_csv(index=False))).equals(pd.DataFrame({"a": [1, 2], "b": ["x", None]})))
print(df.to_string(index=False), df.to_string(columns=["b"]), df.a.to_string())
