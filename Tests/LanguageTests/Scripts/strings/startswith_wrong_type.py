try:
    "abc".startswith(("a", 1)), print("short circuit")
    "abc".startswith((1,))
except TypeError as e:
    print(e)
"abc".startswith(["a"])
