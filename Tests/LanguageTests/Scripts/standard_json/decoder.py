import json
print(json.JSONDecoder().decode('[1, {"a": null}]'))
print(json.JSONDecoder(parse_float=str).decode('[1.5]'))
print(json.JSONEncoder(indent=1).encode([1]))
