from collections import defaultdict, deque, OrderedDict, ChainMap
d = defaultdict(list); d['a'].append(1); print(d, d['b'], dict(d), d.get('z'), 'z' in d, defaultdict(int, x=1), defaultdict(lambda: 'k')['q'])
try: defaultdict()['a']
except KeyError as e: print(repr(e))
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.pop(), q.popleft(), q.maxlen, q[0], list(q)); q.extend([7, 8, 9]); q.rotate(1); print(q, q.index(8), q.count(9), deque('abc'), deque([1]) == deque([1]), len(q), 7 in q, deque([1, 2]) + deque([3]), deque(range(3)) * 2, reversed(deque([1, 2])).__next__())
q.clear()
try: q.pop()
except IndexError as e: print(e)
try: q[0]
except IndexError as e: print(e)
o = OrderedDict(a=1, b=2); o.move_to_end('a'); print(o, o.popitem(last=False), o, list(o.items()), OrderedDict([('x', 1)]) == {'x': 1}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
c = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(c, c['a'], c['b'], dict(c), c.maps, c.new_child({'z': 0})['z'], len(c), sorted(c))
