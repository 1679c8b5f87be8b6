import sys
def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
small = depth()
sys.setrecursionlimit(3000)
print(sys.getrecursionlimit(), depth() - small > 1500)
sys.setrecursionlimit(300)
print(sys.getrecursionlimit(), depth() < 300)
for wrong in (0, -1):
    try:
        sys.setrecursionlimit(wrong)
    except ValueError as error:
        print(error)
