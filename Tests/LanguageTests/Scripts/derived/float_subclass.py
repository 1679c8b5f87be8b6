class Celsius(float):
    @classmethod
    def from_fahrenheit(cls, value):
        return cls((value - 32) / 1.8)

    def __str__(self):
        return f"{float(self):.1f} degrees"


value = Celsius.from_fahrenheit(212)
print(value, value + 1, repr(value), int(value), round(value), value == 100, value.is_integer())
print(f"{value:.2f}", "%.1f" % value, abs(Celsius(-1.5)), Celsius(1) + Celsius(2), type(value).__name__)
value[0]
