import json
o = {'b': [1, 2.5, None, True, 'é"\n'], 'a': {'x': {}, 'y': []}, 1: 'k', None: 0, True: 1, 1.5: 'f'}
print(json.dumps(o)); print(json.dumps({'b': 1, 'a': [1, {'c': 2}]}, indent=2, sort_keys=True)); print(json.dumps([1, [2, []]], indent=4)); print(json.dumps('é', ensure_ascii=False), json.dumps({'a': 1}, separators=(',', ':')), json.dumps([], indent=2), json.dumps({}, indent=2), json.dumps((1, 2)), json.dumps(float('inf')), json.dumps(1e100), json.dumps(1e-7), json.dumps('\u2028\x00\x7f'), json.dumps('😀'))
print(json.loads('{"a": [1, 2.0, 1e3, null, true, "\\u00e9\\n"], "b": {}}'), json.loads(' [1 , 2 ] '), json.loads('"a"'), json.loads('1.0'), json.loads('NaN'), json.loads('-Infinity'), json.loads('123456789012345678901234567890'), json.loads(b'{"a":1}'), json.loads('{"a":1,"a":2}'))
class E: pass
print(json.dumps({'e': E()}, default=lambda o: 'E!'), json.loads('{"x": 1.5}', parse_float=str), json.loads('{"a": 1}', object_hook=lambda d: list(d)), json.loads('[1]', parse_int=lambda s: s * 2), json.loads('{"a":1}', object_pairs_hook=list))
for s in ('', '{', '[1,]', '{"a" 1}', "{'a': 1}", '[1] x', 'nul', '"abc', '{"a": }', '[1 2]', '"\\x"', '01', '{"a":1,}', '[', '"\t"', 'tru', '-', '1.', '"\\u12"'):
    try: print(json.loads(s))
    except json.JSONDecodeError as e: print(e, e.lineno, e.colno, e.pos, e.msg)
for v in (E, {1, 2}, b'a', {(1, 2): 3}, object):
    try: print(json.dumps(v))
    except TypeError as e: print(e)
l = []; l.append(l)
try: json.dumps(l)
except ValueError as e: print(e)
print(json.dumps({'a': 1, (1, 2): 2}, skipkeys=True), json.dumps([1, 2], indent='\t'), json.JSONEncoder().encode({'a': 1}))
try: json.dumps(float('nan'), allow_nan=False)
except ValueError as e: print(e)
