class Loud(set):
    def add(self, item):
        print("adding", item)
        super().add(item)


loud = Loud([1, 2])
loud.add(3)
print(loud, 3 in loud, len(loud), loud | {4}, loud & {1}, loud == {1, 2, 3}, sorted(loud), Loud())
print(loud <= {1, 2, 3, 4}, loud.union({9}), bool(Loud()))
{loud: 1}
