values = [1, 2, 3]
values[::2] = 5
