import re
log = """2024-01-05 12:00:01 ERROR disk full on /dev/sda1
2024-01-05 12:00:02 INFO all good
2024-01-06 08:30:00 WARN cpu at 91%"""
pattern = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2}) (?P<time>[\d:]+) (?P<level>[A-Z]+) (?P<text>.*)$", re.MULTILINE)
for m in pattern.finditer(log):
    print(m.groupdict(), m.span("level"))
print(re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", "mail bob.smith+x@example.co.uk or ann@site.org."))
print(re.sub(r"([a-z])([A-Z])", r"\1_\2", "camelCaseStringHere").lower(), re.sub(r"_(\w)", lambda m: m.group(1).upper(), "snake_case_name"))
tokens = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")
print([(n or op) for n, op in tokens.findall("3.14 * (2 + x1)")])
print(re.split(r"\s*[,;]\s*", "a , b;c ;d"), re.sub(r"<[^>]+>", "", "<p>Hi <b>you</b></p>"), re.findall(r"#(\w+)", "#one and #two3"))
text = "the quick brown fox jumps over the lazy dog " * 50
print(len(re.findall(r"\b\w{5}\b", text)), len(re.sub(r"[aeiou]", "", text)), re.search(r"(\w+) dog", text).group(1))
print(re.match(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$", "192.168.1.254") is not None)
print(re.findall(r"\"(.*?)\"|'(.*?)'", """say "hi" and 'bye'"""), re.findall(r"(?<!\w)-?\d+", "a-1 -2 3b -44"))
print(re.sub(r"(?m)^", "> ", "a\nb"), re.sub(r"(\d{1,3})(?=(\d{3})+$)", r"\1,", "1234567"), re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", "1234567"))
print("".join(m.group() for m in re.finditer(r"[A-Z]", "Hello World Again")), [m.start() for m in re.finditer("(?=aa)", "aaaa")])
print(len(re.match(r"(a|b)*", "ab" * 20000).group()), len(re.match(r"(?:a|b)*?c", "ab" * 20000 + "c").group()), re.match(r"(x+x+)+y", "x" * 10 + "y").span())
print(re.findall(r"\w+(?:'\w+)?|[^\w\s]", "Don't stop, it's OK!"))
