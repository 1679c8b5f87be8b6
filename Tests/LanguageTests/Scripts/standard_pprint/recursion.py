import csv, io, textwrap, pprint
x = [1]
x.append(x)
print(pprint.pformat(x)[:20])
