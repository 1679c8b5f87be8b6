import traceback
def f():
    try: 1 / 0
    except ZeroDivisionError as e: raise ValueError('bad') from e
try: f()
except ValueError as e: print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try: {}['a']
    except KeyError: raise TypeError('t')
except TypeError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try: int('x')
    except ValueError: raise KeyError('k') from None
except KeyError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try:
    try: raise ValueError(1)
    finally: print('fin')
except ValueError as e: print(e.args)
def g():
    try: return 'try'
    finally: print('finally')
print(g())
def h():
    for i in range(3):
        try: continue
        finally: print('f', i)
    while True:
        try: break
        finally: print('brk')
    try: raise KeyError
    except: return 'ret'
    else: print('no')
    finally: print('done')
print(h())
try: pass
except: print('no')
else: print('else')
finally: print('finally')
try:
    raise ValueError('a', 'b')
except (TypeError, ValueError) as e: print(e, e.args, str(e), repr(e))
try: raise ValueError
except ValueError as e: print(repr(e), str(e) == '')
e = ValueError('x'); e.add_note('note 1'); print(e.__notes__)
try: raise e
except ValueError as x: print(x is e, ''.join(traceback.format_exception_only(x)))
