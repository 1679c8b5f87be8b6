import numpy as np

for data in ([[1, 2], [3]], [[[1], [2]], [[1], [2, 3]]], [1, [2]], [[1, 2], 3]):
    try:
        np.array(data)
    except ValueError as e:
        print(e)
