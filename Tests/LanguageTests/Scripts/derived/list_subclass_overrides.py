# Operators and built-in functions ask the class; methods of list do not.
class Odd(list):
    def __len__(self):
        return 42

    def __iter__(self):
        return iter("xyz")

    def __contains__(self, item):
        return item == "magic"

    def __getitem__(self, index):
        return ("item", index)

    def __repr__(self):
        return "Odd!"

    def __bool__(self):
        return False


odd = Odd([1, 2, 3])
print(len(odd), list(odd), "magic" in odd, 1 in odd, odd[5], bool(odd), odd, [odd])
print(odd.count(1), odd.index(2), odd == [1, 2, 3])
