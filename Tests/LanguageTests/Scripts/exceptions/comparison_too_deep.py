left = []
left.append(left)
right = []
right.append(right)
try:
    left == right
except RecursionError as error:
    print(error)
