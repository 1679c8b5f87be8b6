import re
print(re.findall(r'\d+', 'a1b22c333'), re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world'), re.split(r'[,;]\s*', 'a, b;c'), re.match(r'(?P<y>\d{4})-(?P<m>\d\d)', '2024-05').groupdict(), re.search(r'b+', 'aabbb').span(), re.fullmatch(r'a*', 'aaa'), re.match('x', 'y'), re.findall(r'(a)(b)?', 'abaa'), re.sub(r'\d', lambda m: str(int(m[0]) * 2), 'a1b2'), re.subn('a', 'b', 'aaa', count=2), re.compile(r'a.c', re.S | re.I), [m.start() for m in re.finditer('a', 'banana')], re.escape('a.b*c'), re.split(r'(-)', 'a-b-c'), re.findall(r'(?i)ABC', 'abcABC'), re.sub(r'(?<=a)b', 'X', 'abcb'), re.findall(r'^\w', 'ab\ncd', re.M), re.match(r'(a)|(b)', 'b').groups(), re.match(r'(a)|(b)', 'b').lastindex, re.search(r'(?P<n>x)', 'axb').start('n'), re.sub('(?P<a>.)', r'\g<a>\g<0>', 'ab'), re.findall(r'\bfoo\b', 'foo food foo'), re.sub(r'\s+', ' ', 'a  b \n c'), re.match(r'.*?b', 'aabb').group(), re.findall(r'[^aeiou\s]+', 'hello world'), re.split(r'\s+', ' a b '), re.match(r'(\d+)(?:px|em)', '12px').group(1), bool(re.match(r'^$', '')), re.findall(r'a{2,3}', 'aaaaaa'), re.search('é', 'café').group(), re.findall(r'(?=(\d\d))', '1234'))
m = re.match(r'(\w)(\d)?', 'a'); print(m, m.group(0, 1, 2), m[1], m.groups('d'), m.end(), m.pos, m.re.pattern, m.string, m.expand(r'\1!'), repr(re.compile('a')), re.compile('(?P<x>a)').groupindex, re.compile('(a)(b)').groups)
for p in ('(', '[', '*a', 'a**', '(?P<a', '\\', 'a{2,1}', '(?P<1>a)', '[z-a]', '(?<=a*)b', '(?P=x)', ')', '(?z)', r'\1', '(?P<a>x)(?P<a>y)', '[[:alpha:]', 'a++b'):
    try: print(re.compile(p))
    except re.error as e: print(p, '|', e, e.pos)
try: re.match('(a)', 'a').group(5)
except IndexError as e: print(e)
try: re.sub('(a)', r'\2', 'a')
except re.error as e: print(e)
