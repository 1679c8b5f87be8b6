import warnings
warnings.filterwarnings("ignore")
warnings.warn("not shown")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("one")
    warnings.warn("two", DeprecationWarning)
    print(len(w), w[0].message, w[1].category.__name__, w[0].category is UserWarning)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("as error", RuntimeWarning)
    except RuntimeWarning as e:
        print("raised", e)
try:
    warnings.simplefilter("bogus")
except (ValueError, AssertionError) as e:
    print("bad action")
try:
    warnings.warn("x", int)
except TypeError as e:
    print(e)
