import json
print(json.dumps({"a": 1, "b": [1, 2.5, None, True, False], "c": {"d": "e"}}))
print(json.dumps([]), json.dumps({}), json.dumps("x"), json.dumps(3), json.dumps(None), json.dumps((1, 2)))
print(json.dumps("quotes \" and \\ and \n\t\r\b\f \x01 é ☃ 😀"))
print(json.dumps("é ☃ 😀 \x7f", ensure_ascii=False))
print(json.dumps({"b": 1, "a": [1, {"z": 2, "y": []}]}, indent=2, sort_keys=True))
print(json.dumps([1, [2, [3, {}]], {"k": []}], indent=4))
print(json.dumps({"a": 1, "b": 2}, indent="\t"))
print(json.dumps({"a": [1, 2], "b": 3}, separators=(",", ":")))
print(json.dumps({1: "int", 2.5: "float", True: "bool", None: "none"}))
print(json.dumps([float("nan"), float("inf"), -float("inf"), 1e22, 1e16, 0.1, -0.0, 10**30]))
print(json.dumps({(1, 2): 3, "k": 1}, skipkeys=True))
class P:
    def __init__(self, x): self.x = x
print(json.dumps({"p": P(3)}, default=lambda o: o.__dict__))
print(json.dumps({"s": {1, }}, default=list))
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, P):
            return {"P": o.x}
        return super().default(o)
print(json.dumps([P(1), {"q": P([2])}], cls=E), json.dumps(P(2), cls=E, indent=1))
print(json.JSONEncoder().encode({"a": (1, 2)}))
print(json.dumps({"x": 1}, indent=0))
