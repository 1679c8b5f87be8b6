import pandas as pd
s = pd.Series(["$1,200.50", "$300", None, "n/a"])
c = s.str.replace("$", "", regex=False).str.replace(",", "")
print(pd.to_numeric(c, errors="coerce"))
d = pd.DataFrame({"full": ["Ann Lee", "Bob Ray Tan"], "mail": ["ann@x.org", "bob@y.com"]})
d[["first", "last"]] = d["full"].str.split(" ", n=1, expand=True)
d["domain"] = d["mail"].str.split("@").str[1]
d["user"] = d["mail"].str.extract(r"^([^@]+)", expand=False)
d["init"] = d["full"].str[0]
d["len"] = d["full"].str.len()
print(d)
