import csv, io, textwrap, pprint
o = io.StringIO()
w = csv.writer(o)
print(w.writerow(['a', 1, None, 2.5, 'x,y', 'q"z', 'l\nm', '']))
w.writerows([[1, 2], (3, 4)])
print(repr(o.getvalue()))
