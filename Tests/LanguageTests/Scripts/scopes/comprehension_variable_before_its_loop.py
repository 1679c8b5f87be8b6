x = [1, 2]
try:
    print([x for _ in [3] for x in x])
except UnboundLocalError as error:
    print(error)
print([x for x in x if x > 1])
