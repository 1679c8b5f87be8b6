def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count
g = averager()
print(next(g), g.send(10), g.send(20), g.send(6))
g.close()
g.send(1)
