def kind(what):
    try:
        what()
        print('no error')
    except (MemoryError, OverflowError, ValueError) as error:
        print(type(error).__name__)
big = 10 ** 15
for what in [
    lambda: [0] * big, lambda: (0,) * big, lambda: 'a' * big, lambda: b'a' * big, lambda: bytes(big),
    lambda: 'a'.ljust(big), lambda: 'a'.rjust(big), lambda: 'a'.center(big), lambda: 'a'.zfill(big),
    lambda: list(range(big)), lambda: 1 << big * 8, lambda: format(1, str(big)), lambda: f'{"a":{big}}',
    lambda: 'ab' * 10 ** 30, lambda: [1] * 10 ** 30,
    lambda: 'x' * big * big,
]:
    kind(what)
print(len('a' * 1000))
