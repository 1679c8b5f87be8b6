import json, os, io
with open("j.json", "w") as f:
    json.dump({"a": [1, 2, {"b": None}], "é": "ü"}, f, indent=2)
print(open("j.json").read())
with open("j.json") as f:
    data = json.load(f)
print(data)
os.remove("j.json")
s = io.StringIO()
json.dump([1, 2], s)
print(s.getvalue(), json.load(io.StringIO('{"x": 1}')))
