class Odd:
    def __init__(self, v):
        self.v = v
    def __lt__(self, other):
        return (self.v * 7 + other.v * 3) % 5 < 2
    def __repr__(self):
        return str(self.v)
print(sorted(Odd(i) for i in range(40)))
print(sorted((Odd(i * 31 % 97) for i in range(200)), reverse=True))
