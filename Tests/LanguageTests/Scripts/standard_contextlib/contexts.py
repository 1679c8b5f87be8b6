from contextlib import contextmanager, suppress, nullcontext, closing, redirect_stdout, ExitStack, ContextDecorator
import io
@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")
with tag("b") as t:
    print(t)
try:
    with tag("i"):
        raise ValueError("boom")
except ValueError as e:
    print("caught", e)
@contextmanager
def swallow():
    try:
        yield
    except KeyError as e:
        print("swallowed", e)
with swallow():
    {}["k"]
print("after")
@contextmanager
def never():
    if False: yield
try:
    with never(): pass
except RuntimeError as e:
    print(e)
@contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as e:
    print(e)
with suppress(ZeroDivisionError, KeyError):
    1 / 0
print("ok")
try:
    with suppress(KeyError):
        1 / 0
except ZeroDivisionError as e:
    print(e)
with nullcontext(5) as n: print(n)
class C:
    def close(self): print("closed")
with closing(C()) as c: print(type(c).__name__)
out = io.StringIO()
with redirect_stdout(out):
    print("hidden")
print(repr(out.getvalue()))
with ExitStack() as stack:
    for n in "xy":
        stack.enter_context(tag(n))
    stack.callback(print, "callback", 1)
    print("inside")
@tag("deco")
def f(x): return x + 1
print(f(1), f(2))
class timer(ContextDecorator):
    def __enter__(self): print("start"); return self
    def __exit__(self, *exc): print("stop"); return False
@timer()
def g(): print("g")
g()
@contextmanager
def outer():
    with tag("in"):
        yield "v"
with outer() as v, tag("two") as w:
    print(v, w)
def uses():
    with tag("ret"):
        return "returned"
print(uses())
for i in range(2):
    with tag(str(i)):
        if i == 0: continue
        print("body")
