import re
print(re.sub(r"\s+", " ", "a  b \t c"), re.sub("a", "b", "aaa", count=2), re.sub("x", "y", "abc"), re.subn("a", "-", "banana"))
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub(r"(?P<a>\d)(?P<b>\d)", r"\g<b>\g<a>\g<0>", "12 34"), re.sub("b", r"[\g<0>]", "abc"))
print(re.sub(r"\d+", lambda m: str(int(m.group()) * 2), "1 20 300"), re.sub("", "-", "abc"), re.sub("x*", "-", "abxd"), re.sub(r"\b", "|", "hi you"))
print(re.sub("a", r"\n\t\\", "a"), re.sub("(a)|b", r"<\1>", "ab"), re.sub("é", "e", "café é"), re.sub("(?i)HELLO", "bye", "Hello hello"))
print(re.split(r"[,;] *", "a, b;c,,d"), re.split(r"(,)", "a,b"), re.split(r"\W+", "Words, words, words."), re.split(",", "a,b,c", maxsplit=1), re.split("x", ""), re.split(r"\b", "hi you"), re.split("", "abc"), re.split(r"(\d)|x", "a1bxc"))
print(re.escape("a.b*c[d] é-_~#&!%"), re.escape("3+4=7\n"))
print(re.match(r"(\w)(\w)", "ab").expand(r"\2-\1"), re.compile("b").sub("x", "abcb", 1), re.compile("b").subn("x", "abcb"), re.compile(",").split("a,b"))
for bad in [lambda: re.sub("a", r"\2", "a"), lambda: re.sub("a", r"\q", "a"), lambda: re.sub("a", r"\g<x>", "a"), lambda: re.sub("a", r"\g<", "a"), lambda: re.sub("a", r"\g", "a"), lambda: re.sub("a", "\\", "a"), lambda: re.sub("a", 5, "a"), lambda: re.sub("a", lambda m: 5, "a"), lambda: re.sub("a", r"\g<1a>", "a"), lambda: re.sub("a", r"\g<>", "a")]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
