import csv, io, textwrap, pprint
print(repr(textwrap.dedent('\n   a\n     b\n\n   c\n')))
print(repr(textwrap.dedent('  a\n\tb')))
print(repr(textwrap.indent('a\n\nb\n', '> ')))
print(repr(textwrap.indent('a\n\nb', '>', lambda l: True)))
print(textwrap.TextWrapper(width=12).wrap('one two three four'))
