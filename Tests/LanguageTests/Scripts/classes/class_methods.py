class A:
    n = 0
    @classmethod
    def make(cls, *a): cls.n += 1; return cls, a
    @staticmethod
    def st(x): return x + 1
class B(A): pass
print(A.make(1), B.make(2), A.n, B.n, A.st(1), B().st(2), A().make())
print(A.make, A.st.__name__)
