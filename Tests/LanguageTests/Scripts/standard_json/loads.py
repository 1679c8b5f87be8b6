import json
print(json.loads('{"a": [1, 2.5, -3, 1e3, null, true, false], "b": {"c": "d"}}'))
print(json.loads('  [ ]  '), json.loads('{ }'), json.loads('"x"'), json.loads('12345678901234567890123'))
print(json.loads('"\\u00e9\\n\\t\\"\\\\ \\ud83d\\ude00 \\/"'))
print(json.loads('[NaN, Infinity, -Infinity, -0, 0.0, -0.0, 1E5, 1.5e-3]'))
print(json.loads(b'{"k": "v"}'))
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d.items())))
print(json.loads('{"a": 1, "a": 2}', object_pairs_hook=lambda p: p), json.loads('{"a": 1, "a": 2}'))
print(json.loads('[1.5, 2]', parse_float=str, parse_int=lambda s: "i" + s))
x = {"name": "Ann", "tags": ["x", "y"], "n": 3.25, "deep": [[[[1]]]]}
print(json.loads(json.dumps(x)) == x)
