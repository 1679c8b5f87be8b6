try:
    "abc".index("z")
except ValueError as e:
    print(e)
"abc".rindex("z")
