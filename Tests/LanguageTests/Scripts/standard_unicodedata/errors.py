import traceback, timeit, platform, inspect, numbers, unicodedata, uuid

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

t(lambda: unicodedata.name('\n'))
t(lambda: unicodedata.normalize('X', 'a'))
t(lambda: unicodedata.category('ab'))
t(lambda: unicodedata.lookup('NOPE'))
t(lambda: unicodedata.digit('a'))
