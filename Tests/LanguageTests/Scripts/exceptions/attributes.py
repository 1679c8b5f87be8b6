try: print(undefined)
except NameError as e: print(type(e), e.args, e.name, repr(e))
try: (1).foo
except AttributeError as e: print(e.name, e.obj, e.args)
try: {}['k']
except KeyError as e: print(e.args, repr(e), e)
try: [][1]
except IndexError as e: print(e.args)
try: int('z')
except ValueError as e: print(e.args)
try: b'\xff'.decode()
except UnicodeDecodeError as e: print(e.start, e.end, e.reason, e.encoding, e.object, e)
try: 'é'.encode('ascii')
except UnicodeEncodeError as e: print(e.start, e.end, e.reason, e.encoding, e.object, e)
try: raise KeyboardInterrupt
except BaseException as e: print(repr(e), isinstance(e, Exception))
import warnings
print(issubclass(DeprecationWarning, Warning), ArithmeticError.__mro__, [c.__name__ for c in ZeroDivisionError.__mro__])
def f():
    raise RuntimeError('x') from ValueError('y')
try: f()
except RuntimeError as e:
    print(e.__cause__.args, e.__traceback__ is not None, e.with_traceback(None) is e)
