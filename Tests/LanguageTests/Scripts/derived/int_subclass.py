class Doubled(int):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)

    def __repr__(self):
        return f"Doubled({int(self)})"


number = Doubled(5)
print(number, number + 1, 1 + number, -number, number == 10, number > 3, hash(number), abs(Doubled(-3)))
print([0, 1, 2][Doubled(1)], list(range(Doubled(2))), number / 4, number // 3, number % 3, number ** 2)
print(f"{number:05d}", "%d" % number, number.bit_length(), divmod(number, 3), number & 6, ~number)
print(isinstance(number, int), type(number + 0).__name__, bool(Doubled(0)), {number: 1}[10], hex(number))
