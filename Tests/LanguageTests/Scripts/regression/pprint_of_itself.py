import pprint
x = [1]
x.append(x)
print(pprint.pformat(x)[:20])
y = ['a' * 50, 'b' * 50]
y.append(y)
print(len(pprint.pformat(y).split('\n')), pprint.pformat(y).split('\n')[1])
d = {'key': 'v' * 60, 'other': ['w' * 60]}
d['self'] = d
print(pprint.pformat(d).split('\n')[1])
try:
    pprint.pformat([1, 2], indent=-1)
except ValueError as error:
    print(error)
