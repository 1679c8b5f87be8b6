for code in range(4):
    x = 1
    try:
        if code == 0:
            x += "a"
        elif code == 1:
            x -= "a"
        elif code == 2:
            x **= "a"
        else:
            x @= 1
    except TypeError as e:
        print(e)
