import copy
class L(list): pass
class D(dict): pass
a = L([[1], 2])
a.tag = ['t']
b = copy.copy(a)
c = copy.deepcopy(a)
print(type(b), b, b[0] is a[0], b.tag is a.tag)
print(type(c), c, c[0] is a[0], c.tag is a.tag, c.tag)
d = D(x=[1])
e = copy.deepcopy(d)
print(type(e), e, e['x'] is d['x'])
