def note(value):
    print("evaluates", value)
    return value


def show(*args, **named):
    return args, named


print(show(note(1), x=note(2), *[note(3)], **{"y": note(4)}))
