import sys, io
print('err', file=sys.stderr); sys.stdout.write('direct\n'); print(sys.stdout.writable() if hasattr(sys.stdout, 'writable') else True)
old = sys.stdout; sys.stdout = io.StringIO(); print('captured'); s = sys.stdout.getvalue(); sys.stdout = old; print(repr(s))
print('a', 'b', sep='', end=''); print(); print(*range(3), sep=','); print('x', flush=True)
