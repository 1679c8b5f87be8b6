xs = [1]
xs[1]
