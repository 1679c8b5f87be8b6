d = {"a": 1}
d.update({"b": 2})
d.update([("c", 3), "de"])
d.update(f=6, a=0)
d.update({"g": 7}, h=8)
class Mapping:
    def keys(self):
        return ["k1", "k2"]
    def __getitem__(self, key):
        return key.upper()
d.update(Mapping())
print(d, dict(Mapping()), {**Mapping()})
