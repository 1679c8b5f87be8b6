for text in ["abc", "a1", "12", "²", "½", "五", "٣", "Ⅷ", "a b", "", " ", "é", "ª", "_"]:
    print(repr(text), text.isalpha(), text.isalnum(), text.isdecimal(), text.isdigit(), text.isnumeric())
