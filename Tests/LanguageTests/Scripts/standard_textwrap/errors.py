import csv, io, textwrap, pprint

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

t(lambda: textwrap.wrap('a', 0))
t(lambda: textwrap.shorten('abc def', 3))
t(lambda: textwrap.wrap('a', foo=1))
