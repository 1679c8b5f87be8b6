from functools import total_ordering
@total_ordering
class P:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n if isinstance(o, P) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, P) else NotImplemented
print(P(1) < P(2), P(1) >= P(2), P(1) == P(1), P(1) != P(1), P(1) == 1, sorted([P(3), P(1)])[0].n)
try: P(1) < 3
except TypeError as e: print(e)
try: hash(P(1))
except TypeError as e: print(e)
try: {P(1)}
except TypeError as e: print(e)
