import io
import pandas as pd
for text, kw in [("a,b\n1,2,3\n4,5\n", {}), ("", {}), ("a,b\n1,2\n3,4,5\n", {}), ("a,b\n1,2\n", {"usecols": ["z"]}), ("a,b\nx,2\n", {"dtype": {"a": int}}), ("a,b\n1,2\n", {"index_col": "q"})]:
    try:
        print(pd.read_csv(io.StringIO(text), **kw))
    except Exception as e:
        print(type(e).__name__, "|", e)
try:
    pd.read_csv("no/such/file.csv")
except FileNotFoundError as e:
    print(e)
