for text in ["a", "_", "1a", "a1", "", "é", "a-b", "名前", "a b", "class"]:
    print(repr(text), text.isidentifier())
