class Default:
    def __getitem__(self, key):
        return "<" + key + ">"
print("{a} {b}".format_map({"a": 1, "b": 2}), "{x}-{y[0]}".format_map(Default()))
"{0}".format_map({})
