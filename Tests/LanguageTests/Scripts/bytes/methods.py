print(b"a,b,c".split(b","), b" a b ".split(), b"a,b,c".rsplit(b",", 1), b"-".join([b"a", b"b"]), b"banana".replace(b"an", b"AN", 1), b" x ".strip(), b"xxaxx".strip(b"x"))
print(b"banana".find(b"an"), b"banana".rfind(97), b"banana".count(b"a"), b"abc".startswith(b"ab"), b"abc".endswith((b"x", b"c")), b"Ab".swapcase(), b"ab cd".title(), b"a".center(5, b"*"), b"-5".zfill(4))
print(b"k=v".partition(b"="), b"a\nb\r\n".splitlines(), b"abc".translate(None, b"b"), b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".removeprefix(b"a"), b"a\tb".expandtabs(4))
