class MyErr(Exception):
    def __init__(self, code, msg='dflt'): super().__init__(code, msg); self.code = code
    def __str__(self): return f'[{self.code}] {self.args[1]}'
try: raise MyErr(5)
except MyErr as e: print(e, repr(e), e.code, e.args)
class Sub(MyErr): pass
try: raise Sub(1, 'm')
except MyErr as e: print(type(e).__name__, e, isinstance(e, Exception))
class E2(ValueError): pass
try: raise E2('q')
except ValueError as e: print(repr(e), E2.__mro__[1].__name__)
print(Exception('a', 1), repr(Exception('a', 1)), repr(KeyError('k')), str(KeyError('k')), str(KeyError()), repr(OSError(2, 'No')), str(OSError(2, 'No')), OSError(2, 'No', 'f').filename)
print(issubclass(KeyError, LookupError), issubclass(FileNotFoundError, OSError), issubclass(bool, int), IndexError.__bases__)
try: raise 5
except TypeError as e: print(e)
try: raise int
except TypeError as e: print(e)
try:
    raise StopIteration(3)
except StopIteration as e: print(e.value)
try: assert 1 == 2, 'msg'
except AssertionError as e: print(repr(e))
try: assert False
except AssertionError as e: print(repr(e))
try: open('/nonexistent/x')
except FileNotFoundError as e: print(e, e.errno, e.filename)
try: [].pop()
except IndexError as e: print(e)
import sys
try: sys.exit('bye')
except SystemExit as e: print(repr(e), e.code)
