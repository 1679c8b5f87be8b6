class Word(str):
    def shout(self):
        return self.upper() + "!"


word = Word("abc")
print(word, word.shout(), word + "d", "x" + word, word == "abc", hash(word) == hash("abc"))
print({word: 1}["abc"], {"abc": 2}[word], len(word), word[1], word[::-1], "b" in word, list(word))
print(",".join([word, Word("q")]), "%s" % word, f"{word:>5}", repr(word), word.split("b"))
print(sorted([Word("b"), "a"]), int(Word("12")), "xabcx".find(word), word * 2, bool(Word("")))
print(type(word).__name__, isinstance(word, str), type(word.upper()).__name__)
word - 1
