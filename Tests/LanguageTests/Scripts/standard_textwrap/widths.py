import csv, io, textwrap, pprint
text = "The quick brown fox jumped over the lazy dog. It's a well-known pangram--or so they say -- used for test-driven-development of supercalifragilisticexpialidocious text."
for w in (10, 20, 33, 70):
    print(textwrap.wrap(text, w))
