import pandas as pd
s = pd.Series(["$1,200.50", "$300", None, "n/a"])
c = s.str.replace("$", "", regex=False).str.replace(",", "")
d = pd.DataFrame({"full": ["Ann Lee", "Bob Ray Tan"], "mail": ["ann@x.org", "bob@y.com"]})
d[["first", "last"]] = d["full"].str.split(" ", n=1, expand=True)
d["domain"] = d["mail"].str.split("@").str[1]
d["user"] = d["mail"].str.extract(r"^([^@]+)", expand=False)
d["init"] = d["full"].str[0]
d["len"] = d["full"].str.len()
print(pd.Series(["b", "A", "c"]).sort_values(key=lambda x: x.str.lower()).tolist())
print(pd.Series(["x1", "y22"]).str.extract(r"([a-z])(\d+)").astype({1: int}).dtypes)
print(pd.Series([" a", "b "]).str.strip().tolist(), pd.Series(["a,b", "c"]).str.split(",", expand=True))
print(pd.Series(["2 kg", "3 kg"]).str.rstrip(" kg").astype(float).sum(), pd.Series(["aa", "b"]).str.repeat([1, 2]).tolist())
