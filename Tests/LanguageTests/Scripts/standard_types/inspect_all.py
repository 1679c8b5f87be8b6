import inspect, functools, timeit, time, sys, platform, os
def f(a, b: int = 2, *args, c, d=4, **kw) -> str: "doc here"
sg = inspect.signature(f); print(sg, list(sg.parameters), sg.parameters['b'].default, sg.parameters['b'].annotation, sg.return_annotation, sg.parameters['args'].kind, inspect.getdoc(f), inspect.isfunction(f), inspect.isclass(int), sg.parameters['a'].default is inspect.Parameter.empty, inspect.ismethod(''.join), inspect.isgeneratorfunction(f), inspect.signature(lambda x, /, y=1, *, z: 0))
class A:
    def m(self, x): pass
print(inspect.signature(A.m), inspect.signature(A().m), inspect.getmembers(A(), inspect.ismethod)[0][0], [n for n, _ in inspect.getmembers(A) if not n.startswith('_')])
print(timeit.timeit('1+1', number=10) >= 0, time.time() > 0, time.strftime('%Y', time.gmtime(0)), sys.version_info[:2], sys.maxsize, sys.byteorder, type(sys.argv), os.path.sep, os.linesep == '\n', sys.getsizeof(5) > 0, time.perf_counter() > 0)
