class Target:
    def __init__(self):
        self.pieces = []

    def write(self, text):
        self.pieces.append(text)


target = Target()
print("a", 1, file=target, sep="-", end="!")
print(target.pieces)
