table = str.maketrans("abc", "xyz", "d")
print("abcd-dcba".translate(table), table)
print("héllo".translate({0xE9: "e", "l": "L", 111: None}), "ab".translate({97: 98}), "ab".translate({97: "long"}))
print("abc".translate(str.maketrans({"a": "1", 98: None})))
