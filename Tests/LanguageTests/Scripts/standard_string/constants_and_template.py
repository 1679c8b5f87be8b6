import string
print(string.ascii_letters, string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits)
print(repr(string.punctuation), repr(string.whitespace), repr(string.printable))
print(string.capwords("hello  big WORLD"), string.capwords("a-b-c", "-"))
t = string.Template("$who likes ${what}; $$5 $who.")
print(t.substitute(who="tim", what="kung pao"), t.substitute({"who": "x"}, what="y"), t.safe_substitute(who="q"))
for bad in [lambda: t.substitute(who=1), lambda: string.Template("$ bad").substitute(), lambda: string.Template("a\n ${").substitute(x=1)]:
    try:
        print(bad())
    except (KeyError, ValueError) as e:
        print(type(e).__name__, e)
print(string.Template("cost $5 $x").safe_substitute(x=1), t.template)
