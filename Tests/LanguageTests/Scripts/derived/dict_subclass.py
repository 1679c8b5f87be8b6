class Counting(dict):
    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.changes = 0

    def __setitem__(self, key, value):
        self.changes += 1
        super().__setitem__(key, value)

    def __missing__(self, key):
        return f"no {key}"


counting = Counting({"a": 1}, b=2)
counting["c"] = 3
counting.update(d=4)
print(counting, counting.changes, counting["zz"], counting.get("zz"), "zz" in counting)
print(sorted(counting.items()), {**counting}, dict(counting), counting | {"e": 5}, len(counting))
del counting["a"]
print(counting.pop("b"), counting, counting == {"c": 3, "d": 4}, Counting.fromkeys("xy", 0))
