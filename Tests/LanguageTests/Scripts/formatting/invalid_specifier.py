format(5, "abc")
