def work(count):
    global count
