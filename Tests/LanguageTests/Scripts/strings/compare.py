print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "é" > "z", "\uffff" < "\U00010000", "a" == "a", "a" != 1)
