def work():
    print(count)
    global count
