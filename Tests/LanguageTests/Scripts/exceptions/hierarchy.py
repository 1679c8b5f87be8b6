for e in [KeyError, IndexError, ZeroDivisionError, OverflowError, FileNotFoundError, ModuleNotFoundError, UnicodeDecodeError, RecursionError, NotImplementedError, UnboundLocalError, StopIteration, KeyboardInterrupt]:
    print(e.__name__, [c.__name__ for c in e.__mro__])
