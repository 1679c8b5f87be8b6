import copy, functools, json, re, itertools, collections, operator
def caught(what):
    try:
        what()
        print('no error')
    except RecursionError as error:
        print(type(error).__name__)
by_key = lambda x: sorted([x, x], key=by_key)
caught(lambda: by_key(1))
by_map = lambda x: list(map(by_map, [x]))
caught(lambda: by_map(1))
by_max = lambda x: max([x, x], key=by_max)
caught(lambda: by_max(1))
by_filter = lambda x: list(filter(by_filter, [x]))
caught(lambda: by_filter(1))
by_sub = lambda m: re.sub('a', by_sub, 'a')
caught(lambda: by_sub(None))
by_reduce = lambda a, b: functools.reduce(by_reduce, [a, b])
caught(lambda: by_reduce(1, 2))
by_sort = lambda x: [3, 1].sort(key=by_sort)
caught(lambda: by_sort(1))
by_default = lambda x: json.dumps(object(), default=by_default)
caught(lambda: by_default(1))
by_iter = lambda: next(iter(by_iter, 1))
caught(by_iter)
nested = []
for i in range(100000):
    nested = [nested]
for use in [repr, str, copy.deepcopy, json.dumps, lambda x: x == [copy.copy(x)[0]] and x < [x]]:
    caught(lambda: use(nested) and None)
other = []
for i in range(100000):
    other = [other]
caught(lambda: nested == other)
caught(lambda: nested < other)
types = int
for i in range(5000):
    types = (types,)
caught(lambda: isinstance('', types))
caught(lambda: issubclass(str, types))
caught(lambda: json.loads('[' * 100000))
caught(lambda: json.loads('{"a":' * 100000))
print(len(repr([[[]]])))
