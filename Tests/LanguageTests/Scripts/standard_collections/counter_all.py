from collections import Counter
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c['a'], sum(c.values()), list(c.elements())[:4], c.total(), Counter(a=1, b=2) + Counter(b=3), Counter(a=3) - Counter(a=1, b=1), Counter(a=1, b=2) & Counter(a=5), Counter(a=1) | Counter(b=1), +Counter(a=-1, b=1), -Counter(a=-1))
c.update('aaa'); c.subtract({'b': 5}); print(c, c.most_common(), del_ := c.pop('a'), dict(c), Counter([1, 1, 2]).items(), Counter() == Counter(a=0), Counter(a=1) <= Counter(a=2), 'q' in c)
del c['c']; print(c, Counter({'x': 0}), repr(Counter()), Counter(['a']).copy())
