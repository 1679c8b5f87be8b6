try:
    float(10 ** 400)
except OverflowError as e:
    print(e)
10 ** 400 * 1.0
