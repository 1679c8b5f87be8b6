print("a" in "abc", "" in "abc", "abcd" in "abc", "é" in "café", "x" not in "abc")
