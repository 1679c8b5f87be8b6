def caught(what):
    try:
        print(what())
    except ValueError as error:
        print(error)
print(len(str(10 ** 4299)), int('9' * 4300) == 10 ** 4300 - 1)
caught(lambda: str(10 ** 4300))
caught(lambda: repr(-10 ** 4300))
caught(lambda: f'{10 ** 5000}')
caught(lambda: '%d' % 10 ** 5000 if False else '%d' % (10 ** 5000))
caught(lambda: '{:,}'.format(10 ** 5000))
caught(lambda: int('9' * 4301))
caught(lambda: int('9' * 5000, 7))
caught(lambda: print(10 ** 5000))
print(len(hex(10 ** 5000)), len(bin(10 ** 5000)), len(oct(10 ** 5000)), int('f' * 5000, 16).bit_length())
