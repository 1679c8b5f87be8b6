import re
for p in ["(", ")", "a)", "(a", "[", "[a", "[]", "*", "+a", "a**", "a+*", "a{2}{3}", "?", "a|*", "(?", "(?P", "(?P<", "(?P<a", "(?P<>a)", "(?P<1>a)", "(?P=a)", "(?Px)", "(?z)", "(?<a)",
          "(?<=a+)b", "(?<!a*)b", "\\", "\\q", "[\\q]", "[z-a]", "[a-\\d]", "\\1", "(a)\\2", "(?P<a>x)(?P<a>y)", "a{3,2}", "(?i", "a(?i)b", "(?(1)a", "(?(2)a)", "(?(a)b)", "(?(0)a)", "(?(1)a|b|c)", "\\x1", "\\u12", "(?:a", "(?#a", "(\\1)", "(?-", "(?-i)", "(?i-i:a)", "x\n(", "^*", "(?<=(a)\\1)b", "\\N{nope}", "\\8", "[\\x]", "(?a-u:x)", "a{99999999999}"]:
    try:
        print(repr(p), re.compile(p))
    except re.error as e:
        print(repr(p), e.msg, "|", e.pos, e.lineno, e.colno, "|", e)
    except Exception as e:
        print(repr(p), type(e).__name__, e)
print(issubclass(re.error, Exception), re.error.__name__)
