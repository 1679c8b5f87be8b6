print(1, 'a', None, True, 1.0, [1, 'a'], (1,), {}, set(), {1: 'x'}, sep=', ', end='!\n'); print(); print('a\tb\\n', r'\n', 'a\'b', "a\"b", 'both \' "', '\x41\u00e9' if False else '\x41\u00e9', 'multi'
 'line', """tri
ple""", sep='|'); print([None, True, 1.5, 'q"\'', b'\x00a'], repr('\n\t\x00é\u200b😀'), ascii('é😀'), repr("it's"), repr('"'), repr('\'"'))
print(print, len, type, int, type(None), NotImplemented, Ellipsis, ..., type(...), type(print), type(lambda: 0), range(3), range(0, 10, 2), slice(1), [].__class__, {}.keys(), {}.items(), dict.fromkeys('a').values(), type(iter([])), type({}.keys()), type(iter({})), type(x for x in []), type(type), object, type(1), bool, float, str, tuple)
print([[]] * 2, [[1, [2, [3]]], {'a': {'b': ()}}], ((),), (1, (2,)), {1: {2: {3}}}, frozenset(), frozenset([1]), [1.0, 1e10, -0.0], {'a': None}, sep='\n')
