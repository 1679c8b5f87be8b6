from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self): return f"{self.name} with area {self.area()}"
class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    @property
    def name(self): return "square"
class Half(Shape):
    def area(self): return 0
print(Square(3).describe(), isinstance(Square(1), Shape), issubclass(Square, ABC))
for c in (Shape, Half, ABC):
    try:
        print(type(c()).__name__)
    except TypeError as e:
        print(e)
class Base(ABC):
    @abstractmethod
    def run(self):
        return "base run"
    @classmethod
    @abstractmethod
    def make(cls): ...
class Impl(Base):
    def run(self): return super().run() + "!"
    @classmethod
    def make(cls): return cls()
print(Impl.make().run())
class NoInit(ABC): pass
try:
    NoInit(1)
except TypeError as e:
    print(e)
