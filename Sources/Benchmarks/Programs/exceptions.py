class Refused(Exception):
    pass


def check(n):
    if n % 3 == 0:
        raise ValueError("three")
    if n % 5 == 0:
        raise Refused(n)
    return n


good = three = five = 0
for i in range(200000):
    try:
        good += check(i)
    except ValueError as error:
        three += len(str(error))
    except Refused as error:
        five += error.args[0]
    finally:
        good += 1
print(good, three, five)

missing = 0
table = {"a": 1}
for i in range(150000):
    try:
        missing += table["b"]
    except KeyError:
        missing += 2
print(missing)

steps = 0
for i in range(500000):
    try:
        steps += 1
    except TypeError:
        steps = 0
print(steps)
