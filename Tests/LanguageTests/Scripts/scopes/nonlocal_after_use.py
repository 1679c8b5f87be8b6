def outer():
    count = 1

    def inner():
        print(count)
        nonlocal count
