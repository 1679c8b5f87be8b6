import numpy as np
print(np.array2string(np.array([1.5, 2.25, 3]), precision=1, separator=', '), np.array2string(np.arange(6).reshape(2, 3), prefix='x = '), np.array2string(np.array([0.001, 100.0]), suppress_small=True), np.array2string(np.arange(3), formatter={'int': lambda x: 'n%d' % x}))
print(np.array_str(np.array([1.23456, 2.0]), precision=2), np.array_repr(np.array([1.23456]), precision=3), np.binary_repr(5), np.binary_repr(5, width=8), np.binary_repr(-3, width=8), np.base_repr(255, 16), np.base_repr(10, 3))
print(np.format_float_positional(0.1), np.format_float_positional(1e10), np.format_float_positional(123.456, precision=1), np.format_float_scientific(12345.678, precision=2), np.format_float_scientific(1e-7))
with np.printoptions(precision=2, threshold=4):
    print(np.arange(10) / 3)
print(np.get_printoptions()['edgeitems'])
np.set_printoptions(nanstr='NA', infstr='oo')
print(np.array([np.nan, 1.0, -np.inf]))
np.set_printoptions(nanstr='nan', infstr='inf', sign=' ')
print(np.array([1.5, -2]), np.array([1, -2]))
np.set_printoptions(sign='-', floatmode='maxprec_equal', precision=3)
print(np.array([1.5, 2.25, 3.12345]))
np.set_printoptions(floatmode='unique')
print(np.array([1 / 3, 0.5]))
np.set_printoptions(floatmode='maxprec', precision=8)
print(np.array([1 / 3, 0.5]))
try:
    np.set_printoptions(floatmode='x')
except ValueError as e:
    print(e)
