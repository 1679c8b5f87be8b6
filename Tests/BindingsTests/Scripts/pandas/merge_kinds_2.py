import pandas as pd
l = pd.DataFrame({"key": ["a", "b", "c", "b"], "x": [1, 2, 3, 4]})
r = pd.DataFrame({"key": ["b", "c", "d"], "y": [10.5, 20.5, 30.5]})
print(l.merge(r.set_index("key"), left_on="key", right_index=True))
print(l.join(r.set_index("key"), on="key"))
try:
    pd.merge(l, r, on="nokey")
except KeyError as e:
    print("KeyError", e)
try:
    pd.merge(l, r, on="key", validate="one_to_one")
except Exception as e:
    print(type(e).__name__, e)
