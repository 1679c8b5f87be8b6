import json
for text in ['', '   ', '{', '[', '[1', '[1,', '[1,]', '{"a"', '{"a":', '{"a": 1', '{"a": 1,', '{"a": 1,}', '{a: 1}',
             "{'a': 1}", '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12G4"', 'tru', 'nul', '1 2', '[1 2]', '{"a" 1}',
             '-', '+1', '.5', '1.', '01', '[1]\n]', '\n\n  x', '"é" x', '{1: 2}', 'Nan', "\ufeff1"]:
    try:
        print(repr(json.loads(text)))
    except json.JSONDecodeError as e:
        print(repr(text), "->", e)
    except ValueError as e:
        print("ValueError", e)
try:
    json.loads('{"a":\n  1 2}')
except json.JSONDecodeError as e:
    print(e.msg, e.pos, e.lineno, e.colno, e.doc == '{"a":\n  1 2}', isinstance(e, ValueError), type(e).__name__)
for bad in [5, None, ["x"]]:
    try:
        json.loads(bad)
    except TypeError as e:
        print(e)
for obj in [{1, 2}, object, lambda: 0, {(1,): 2}, b"x"]:
    try:
        json.dumps(obj)
    except TypeError as e:
        print(e)
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as e:
    print(e)
try:
    json.dumps(float("nan"), allow_nan=False)
except ValueError as e:
    print(e)
try:
    json.dumps({"a": 1, 2: 3}, sort_keys=True)
except TypeError as e:
    print(e)
