e = ValueError("x").with_traceback(None)
print(repr(e), type(e))
raise e
