import itertools
state = []
def deep(n): return deep(n + 1) + 1
for i in range(3):
    try:
        deep(0)
    except RecursionError:
        state.append('deep')
    try:
        'a' * 10 ** 15
    except MemoryError:
        state.append('memory')
    try:
        list(range(10 ** 15))
    except MemoryError:
        state.append('range')
print(state)
def gen():
    try:
        yield 1
        deep(0)
    finally:
        state.append('closed')
try:
    list(gen())
except RecursionError:
    print(state[-1])
class Context:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        print(kind.__name__)
        return True
with Context():
    deep(0)
with Context():
    [0] * 10 ** 15
print({1: 2}, [x for x in range(3)])
