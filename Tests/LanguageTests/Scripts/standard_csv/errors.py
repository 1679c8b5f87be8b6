import csv, io, textwrap, pprint

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

o = io.StringIO()
w = csv.DictWriter(o, fieldnames=['a', 'b'])
w.writeheader()
w.writerow({'a': 1, 'b': 2})
w.writerows([{'a': 3}, {'b': 'x,y'}])
print(repr(o.getvalue()))
t(lambda: w.writerow({'c': 1}))
t(lambda: csv.writer(o).writerow(5))
t(lambda: list(csv.reader([1])))
t(lambda: csv.reader(3))
t(lambda: csv.writer(3))
t(lambda: csv.reader([], delimiter='ab'))
t(lambda: csv.reader([], foo=1))
t(lambda: csv.writer(o, quoting=csv.QUOTE_NONE).writerow(['a,b']))
t(lambda: list(csv.reader(['"a" b,c'])))
t(lambda: list(csv.reader(['a\rb'])))
t(lambda: list(csv.reader(['"abc'])))
