import io
import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
print(df.to_json(), df.to_json(orient="records"), df.to_json(orient="records", indent=2))
print(pd.read_json(io.StringIO('[{"a": 1, "b": "x"}, {"a": 2, "b": null}]')))
print(pd.read_json(io.StringIO('{"a": {"0": 1, "1": 2}, "b": {"0": 3, "1": 4}}')))
print(pd.json_normalize([{"id": 1, "n": {"f": "A", "l": "B"}}, {"id": 2, "n": {"f": "C"}}]))
