for attempt in (lambda: (1).__add__(), lambda: "a".__len__(1), lambda: [].__eq__(1, 2)):
    try:
        attempt()
    except TypeError as error:
        print(error)
