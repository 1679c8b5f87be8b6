d = {"a": 1, "b": 2}
print(d.keys() == ["a", "b"], d.keys() == {"a", "b"}, d.values() == d.values(), d.values() == [1, 2])
print(d.items() == {("a", 1), ("b", 2)}, d.keys() == d.keys(), d.keys() != ["a"], d.keys() < {"a", "b", "c"})
d.values() < d.values()
