print(repr("a\tb".expandtabs()), repr("ab\tc\n\td".expandtabs(4)), repr("a\tb".expandtabs(0)), repr("é\tb".expandtabs(2)))
