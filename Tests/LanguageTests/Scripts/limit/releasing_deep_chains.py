class Node:
    def __init__(self, next): self.next = next
    def method(self): return self
makers = [
    lambda x: [x], lambda x: (x,), lambda x: {1: x}, lambda x: Node(x), lambda x: Node(x).method,
    lambda x: (lambda: x), lambda x: slice(x), lambda x: frozenset([x]), lambda x: iter([x]),
    lambda x: {1: x}.items(), lambda x: property(x), lambda x: staticmethod(x),
]
for make in makers:
    chain = None
    for i in range(100000):
        chain = make(chain)
    del chain
print('released')
