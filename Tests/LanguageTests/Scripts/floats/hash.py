print(hash(1.0) == hash(1), hash(0.5), hash(-0.0) == hash(0), hash(float("inf")), hash(2.0 ** 70) == hash(2 ** 70), {1: "a", 1.0: "b"})
