print(() is ())
a = ()
b = tuple()
print(a is b, tuple([]) is (), (1,2)[5:] is ())
x = 256; y = 256
print(x is y)
print('a' is 'a')
