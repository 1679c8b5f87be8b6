import csv, io, textwrap, pprint
print(list(csv.reader(['a,b,c', '1,"x, y",3', '"q""z",,', '', ' s , t'])))
print(list(csv.reader(io.StringIO('a;b\n1;2\n'), delimiter=';')))
print(list(csv.reader(['"a\n', 'b",c'])))
print(list(csv.reader(['1,"2",x'], quoting=csv.QUOTE_NONNUMERIC)) if 0 else '')
print(list(csv.reader(["a'b,c'"], quotechar="'")))
print(list(csv.reader(['a, b'], skipinitialspace=True)))
print(list(csv.reader(['1,"x"'], quoting=csv.QUOTE_NONNUMERIC)))
