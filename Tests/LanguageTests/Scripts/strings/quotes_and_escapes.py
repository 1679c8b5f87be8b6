for text in ["it's", 'say "hi"', "both ' and \"", "tab\tnew\nret\r", "back\\slash", "\x00\x1f\x7f", "\x80\xa0\xad", "é\u200b\u2028", "\U0001f600\U000e0001"]:
    print(repr(text), ascii(text))
