try:
    "a } b".format()
except ValueError as e:
    print(e)
"a { b".format()
