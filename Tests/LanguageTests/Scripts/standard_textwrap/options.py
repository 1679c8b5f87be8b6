import csv, io, textwrap, pprint
text = "The quick brown fox jumped over the lazy dog. It's a well-known pangram--or so they say -- used for test-driven-development of supercalifragilisticexpialidocious text."
print(textwrap.fill(text, 40, initial_indent='* ', subsequent_indent='  '))
print(textwrap.shorten(text, 30))
print(textwrap.shorten('Hello world', width=5, placeholder='...'))
print(textwrap.shorten('Hello  world!', 12))
print(textwrap.wrap('', 10))
print(textwrap.wrap('a\tb  c', 10))
print(textwrap.wrap(text, 30, max_lines=2))
print(textwrap.wrap('aaaa bbbb', 3, break_long_words=False))
print(textwrap.wrap('well-known', 6))
print(textwrap.wrap('well-known', 6, break_on_hyphens=False))
print(textwrap.wrap('  lead  trail  ', 8, drop_whitespace=False))
