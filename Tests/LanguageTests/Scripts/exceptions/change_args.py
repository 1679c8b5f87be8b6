e = ValueError("a", "b")
e.args = ("c",)
print(e, repr(e), e.args)
