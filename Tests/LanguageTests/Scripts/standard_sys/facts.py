import sys
print(sys.version_info[:2], sys.version_info >= (3, 8), sys.version_info.major, sys.version.startswith("3.11"), sys.maxsize, sys.byteorder, sys.platform)
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.min, sys.float_info.dig, sys.float_info.mant_dig)
print(sys.getrecursionlimit(), isinstance(sys.argv, list), sys.getdefaultencoding(), sys.maxunicode)
sys.setrecursionlimit(500)
print(sys.getrecursionlimit())
def deep(n): return deep(n + 1)
try:
    deep(0)
except RecursionError as e:
    print("RecursionError", str(e)[:32])
print(sys.stdout.write("written\n"))
sys.stdout.flush()
print("to stdout", file=sys.stdout)
try:
    sys.exit(3)
except SystemExit as e:
    print("exit", e.code)
try:
    sys.exit()
except SystemExit as e:
    print("exit", e.code)
try:
    sys.exit("message")
except SystemExit as e:
    print("exit", e, e.code)
print(sys.getsizeof(""), sys.getsizeof("abc"), sys.getsizeof(0) >= 24, sys.getsizeof([]), sys.getsizeof(()), sys.getsizeof(1.5), sys.getsizeof({}))
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0], sys.exc_info()[1])
print("math" in sys.modules, sys.intern("a"))
