import re
m = re.match(r"(\w+) (\w+)", "Isaac Newton, physicist")
print(m, m.group(), m.group(0), m.group(1), m.group(1, 2), m[2], m.groups(), m.span(), m.span(2), m.start(1), m.end(1), m.lastindex)
print(re.match("b", "ab"), re.search("b", "ab"), re.fullmatch("ab", "ab"), re.fullmatch("a", "ab"), re.fullmatch("a|ab", "ab"))
m = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)", "on 2024-05-06")
print(m.groupdict(), m["year"], m.group("month"), m.lastgroup, m.string, m.pos, m.endpos, m.re, m.regs)
print(re.match("(a)|(b)", "b").groups(), re.match("(a)|(b)", "b").groups("none"), re.match("(a)|b", "b").span(1))
print(re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"(\w)\d", "a1 b2"), re.findall("", "abc"), re.findall("a*", "baac"))
print([m.span() for m in re.finditer(r"\b\w", "the cat sat")], [m.group() for m in re.finditer("x*", "axb")])
p = re.compile(r"(\d+)(?:px|em)", re.I)
print(p, p.pattern, p.groups, p.flags, p.groupindex, p.match("12PX").group(1), p.search("a 5em", 2), p.findall("1px 2em 3"))
print(p.match("a12px", 1), p.match("a12px", 1, 3), p.fullmatch("12px"), re.compile("a") == re.compile("a"), re.compile(p) is p)
print(bool(re.match("a", "a")), re.match("", ""), re.search("$", "ab").span(), re.match(r"\s*", "  x").end())
try:
    m.group(9)
except IndexError as e:
    print(e)
try:
    m["zz"]
except IndexError as e:
    print(e)
for bad in [lambda: re.match("a", 5), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.compile(5), lambda: re.compile(p, re.I), lambda: re.match("a", None)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
