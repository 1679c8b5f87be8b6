from abc import ABC, abstractmethod, ABCMeta
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def desc(self): return f'{self.name} {self.area()}'
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    @property
    def name(self): return 'sq'
print(Sq(3).desc(), isinstance(Sq(1), Shape), Shape.__abstractmethods__ == frozenset({'area', 'name'}))
try: Shape()
except TypeError as e: print(e)
class Half(Shape):
    def area(self): return 1
try: Half()
except TypeError as e: print(e)
class Old(metaclass=ABCMeta):
    @abstractmethod
    def f(self): pass
try: Old()
except TypeError as e: print(e)
@Shape.register
class V: pass
print(issubclass(V, Shape), isinstance(V(), Shape), issubclass(int, Shape))
