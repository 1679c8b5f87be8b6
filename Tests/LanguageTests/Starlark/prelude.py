# What the suite's own test driver predeclares, in the words of Python: runs under CPython and here.
# Every assertion writes one line: whether it holds, and the values that it saw.
import json as _json
import re as _re


class _Names:
    def __init__(self, **names):
        for name, value in names.items():
            setattr(self, name, value)


_SHOWN_MAXIMUM = 2000


def _shown(value):
    """The value's repr; sets in sorted order, because the order of strings in a set is random."""
    if isinstance(value, (set, frozenset)):
        text = type(value).__name__ + "(" + ", ".join(sorted(_shown(item) for item in value)) + ")"
    else:
        text = repr(value)
    return text[:_SHOWN_MAXIMUM]


def _note(holds, *parts):
    print("\x02agrees" if holds else "\x02differs", *parts)


def matches(pattern, text):
    try:
        return _re.search(pattern, text) is not None
    except _re.error:
        return False


class _Assertions:
    """The suite's assertions. `fails` agrees on the failure: the words are CPython's, not Starlark's."""

    def eq(self, x, y):
        _note(x == y, "eq", _shown(x), _shown(y))

    def ne(self, x, y):
        _note(x != y, "ne", _shown(x), _shown(y))

    def true(self, condition, message="assertion failed"):
        _note(condition, "true", _shown(condition), message)

    def lt(self, x, y):
        _note(x < y, "lt", _shown(x), _shown(y))

    def contains(self, x, y):
        _note(y in x, "contains", _shown(x), _shown(y))

    def fail(self, message):
        _note(False, "fail", message)

    def fails(self, function, pattern=""):
        try:
            result = function()
        except MemoryError:
            _note(True, "fails", "MemoryError")
        except Exception as error:
            _note(True, "fails", type(error).__name__, str(error))
        else:
            _note(False, "succeeds", _shown(result))


assert_ = _Assertions()
# Names by which the suites of other implementations call the same.
assert_eq = assert_.eq
assert_ne = assert_.ne
assert_true = assert_.true
assert_lt = assert_.lt
assert_contains = assert_.contains
assert_fails = assert_.fails


def assert_false(condition):
    assert_.true(not condition)


asserts = _Names(eq=assert_eq, ne=assert_ne, true=assert_true, false=assert_false,
                           lt=assert_lt, contains=assert_contains, fails=assert_fails)


def load(*modules, **names):
    """Everything that the suite loads is in scope already."""


def freeze(value):
    """Nothing freezes in Python."""
    return value


def fail(*parts, sep=" "):
    raise RuntimeError("fail: " + sep.join(str(part) for part in parts))


class struct:
    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return isinstance(other, struct) and vars(self) == vars(other)

    def __repr__(self):
        return "struct(" + ", ".join(f"{k} = {v!r}" for k, v in sorted(vars(self).items())) + ")"


class hasfields:
    def __radd__(self, other):
        return 42 if isinstance(other, list) else NotImplemented


class _Fibonacci:
    def __iter__(self):
        x, y = 0, 1
        while True:
            yield x
            x, y = y, x + y


fibonacci = _Fibonacci()

json = _Names(
    encode=lambda value: _json.dumps(value, separators=(",", ":"), sort_keys=True,
                                     ensure_ascii=False),
    decode=_json.loads)


def M(*arguments, **names):
    """A predeclared name of the resolver's tests."""


U = None
