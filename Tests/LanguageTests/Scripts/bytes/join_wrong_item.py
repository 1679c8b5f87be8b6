b",".join(["a"])
