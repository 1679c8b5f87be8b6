import json
from collections import Counter, OrderedDict, defaultdict
class Words(Counter):
    def top(self): return self.most_common(1)[0]
c = Words('abca')
print(c, c.top(), type(c + c), c['zz'], c == Counter('abca'))
c.note = 1
print(c.note)
class LRU(OrderedDict):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self.capacity:
            self.popitem(last=False)
cache = LRU(2)
cache['a'] = 1
cache['b'] = 2
cache['c'] = 3
print(cache, list(cache), cache.capacity)
class Groups(defaultdict):
    pass
g = Groups(list)
g['a'].append(1)
print(g, g['b'], g)
class D(dict): pass
class L(list): pass
class S(str): pass
class I(int): pass
print(json.dumps(D(a=L([I(1), S('x')]))))
