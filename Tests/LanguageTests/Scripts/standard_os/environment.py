import os
print("HOME" in os.environ, "NO_SUCH_VARIABLE_HERE" in os.environ, os.environ.get("NO_SUCH_VARIABLE_HERE"), os.getenv("NO_SUCH_VARIABLE_HERE", "d"))
try:
    os.environ["NO_SUCH_VARIABLE_HERE"]
except KeyError as e:
    print("KeyError", e)
os.environ["MY_SETTING"] = "1"
print(os.environ["MY_SETTING"], os.getenv("MY_SETTING"), len(os.environ) > 1)
try:
    os.environ["X"] = 3
except TypeError as e:
    print(e)
del os.environ["MY_SETTING"]
print(os.environ.get("MY_SETTING", "gone"), os.cpu_count() >= 1, isinstance(os.getpid(), int), len(os.urandom(4)))
