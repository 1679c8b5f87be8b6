d = {}
for k in "hello world":
    d[k] = d.get(k, 0) + 1
del d["l"]
d["l"] = "again"
d["h"] = "kept place"
print(d, list(d), list(reversed(d)), list(d.values()), list(d.items())[:2])
