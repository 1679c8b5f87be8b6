print("aaaa".count("aa"), "".count(""), "abc".count(""), "abc".count("", 3), "abc".count("", 4), "é€".count(""))
