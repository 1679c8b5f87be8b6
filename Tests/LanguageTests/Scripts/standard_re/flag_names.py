import re
print(repr(re.I), re.IGNORECASE | re.M, re.I | re.S | re.X)
print(re.I.value, int(re.M), re.I == 2, re.compile('A', re.I | re.M).flags)
print(re.findall('^a', 'A\na', flags=re.I | re.M), re.compile('a', re.I))
print(re.compile('(?P<b>c)').groupindex)
