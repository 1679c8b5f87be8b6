for number in (2, 13, 17, 20, 21, 5):
    error = OSError(number, "text", "file")
    print(type(error).__name__, error, error.errno, error.filename)
