class Truth(bool):
    pass
