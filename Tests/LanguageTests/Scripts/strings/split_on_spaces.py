print(" a  b\tc\n".split(), "".split(), "   ".split(), " a b c ".split(None, 1), " a b c ".rsplit(None, 1))
print("a\u3000b\xa0c\x1cd".split(), " a ".split(maxsplit=0), " a b ".rsplit(None, 0), "ab".split(None, 5))
