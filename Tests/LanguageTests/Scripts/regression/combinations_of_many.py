import itertools
try:
    itertools.combinations_with_replacement([1, 2], 2 ** 62)
except (MemoryError, OverflowError):
    print('too many')
print(list(itertools.combinations_with_replacement([1, 2], 2)))
