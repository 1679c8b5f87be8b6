for text in ["a", "\n", "\u200b", "\xa0", " ", "", "\u3000", "\x1c", "é", "\U0001f600"]:
    print(ascii(text), text.isprintable(), text.isspace(), text.isascii())
