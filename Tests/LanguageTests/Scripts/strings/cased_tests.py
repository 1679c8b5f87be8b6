for text in ["abc", "Abc", "ABC", "A1", "1", "", "To Be", "To be", "ǅ", "Aʰ"]:
    print(repr(text), text.islower(), text.isupper(), text.istitle())
