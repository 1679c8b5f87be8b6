class Stack(list):
    def __init__(self, name):
        super().__init__()
        self.name = name

    def push(self, item):
        self.append(item)
        return self

    def peek(self):
        return self[-1]


stack = Stack("plates").push(1).push(2)
print(stack, len(stack), stack.peek(), stack.name, stack[0], stack[-1:], bool(stack))
print(stack == [1, 2], [1, 2] == stack, stack + [3], [0] + stack, stack * 2, sum(stack), 2 in stack)
stack[0] = 9
del stack[1]
stack += [5]
stack.extend((7, 8))
print(stack, type(stack).__name__, isinstance(stack, list), type(stack[:1]).__name__)
stack.sort()
first, *rest = stack
print(first, rest, [*stack], tuple(stack), sorted(stack, reverse=True), vars(stack))
