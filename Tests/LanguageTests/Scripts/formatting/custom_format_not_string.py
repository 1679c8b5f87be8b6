class Bad:
    def __format__(self, spec):
        return 5
f"{Bad()}"
