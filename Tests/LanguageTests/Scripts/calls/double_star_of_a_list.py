def show(**named):
    return named


show(**[1])
