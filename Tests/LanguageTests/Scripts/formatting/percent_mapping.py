print("%(name)s is %(age)03d%%" % {"name": "Ann", "age": 7}, "%(a)s %(a)r" % {"a": "x"}, "%((x))s" % {"(x)": 5})
"%(missing)s" % {"a": 1}
