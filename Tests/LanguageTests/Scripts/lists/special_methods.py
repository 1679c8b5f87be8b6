xs = [3, 1]
print(xs.__len__(), xs.__contains__(1), xs.__getitem__(0), xs.__eq__([3, 1]), xs.__eq__(1), xs.__add__([2]), xs.__mul__(2), xs.__hash__, next(xs.__iter__()), list(xs.__reversed__()))
xs.__setitem__(0, "x")
xs.__delitem__(1)
print(xs, list(map([10, 20, 30].__getitem__, [2, 0])))
