class Pair(tuple):
    def __new__(cls, first, second):
        return super().__new__(cls, (first, second))

    @property
    def first(self):
        return self[0]


pair = Pair(1, 2)
print(pair, pair.first, len(pair), pair == (1, 2), pair + (3,), {pair: 5}[(1, 2)], pair < (1, 3))
left, right = pair
print(left, right, *pair, "%d-%d" % pair, 2 in pair, pair.index(2), pair[0:1])
pair[0] = 1
