def broken(function):
    raise ValueError("decorator")


try:
    @broken
    def work():
        pass
except ValueError as error:
    trace = error.__traceback__
    print(trace.tb_lineno, trace.tb_next.tb_frame.f_code.co_name)
