import csv, io
r = list(csv.reader(io.StringIO('a,b\n1,"x, y"\n"q""q",\n'))); print(r)
print(list(csv.DictReader(io.StringIO('a,b\n1,2\n3,4'))), list(csv.reader(['a;b'], delimiter=';')))
o = io.StringIO(); w = csv.writer(o); w.writerow([1, 'a,b', 'q"x', None, 1.5]); w.writerows([[1], [2]]); print(repr(o.getvalue()))
o = io.StringIO(); w = csv.DictWriter(o, fieldnames=['a', 'b'], lineterminator='\n'); w.writeheader(); w.writerow({'a': 1, 'b': 2}); print(repr(o.getvalue()))
try: w.writerow({'z': 1})
except ValueError as e: print(e)
o = io.StringIO(); csv.writer(o, quoting=csv.QUOTE_ALL).writerow(['a', 1]); print(repr(o.getvalue()))
