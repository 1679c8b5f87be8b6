import traceback, sys
def f(): raise ValueError('boom')
try: f()
except ValueError as e:
    tb = e.__traceback__
    fs = traceback.extract_tb(tb)
    print([(x.name, x.lineno, x.line) for x in fs])
    s = traceback.format_exc()
    print(s.split('\n')[0], s.split('\n')[-2])
    print(traceback.format_exception_only(type(e), e))
    print(traceback.format_exception(e)[-1], len(traceback.format_exception(type(e), e, tb)))
    print(traceback.format_tb(tb)[-1].split('\n')[1])
    print(tb.tb_lineno, tb.tb_next.tb_lineno, tb.tb_next.tb_next, tb.tb_frame.f_code.co_name)
    print(sys.exc_info()[0], sys.exc_info()[1] is e)
