xs = [1]
xs["a"]
