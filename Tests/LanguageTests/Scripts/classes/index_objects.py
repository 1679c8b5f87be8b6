class Three:
    def __index__(self):
        return 3


three = Three()
print([0] * three, "a" * three, list(range(10))[three:], list(range(10))[:three], b"x" * three)
