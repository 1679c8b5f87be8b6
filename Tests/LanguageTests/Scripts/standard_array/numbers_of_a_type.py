from array import array
a = array('i', [1, 2, 3])
print(a, a[0], len(a), a.typecode, a.itemsize, list(a), a[1:], a + a, a * 2)
a.append(4); a.extend([5]); a.insert(0, 0); print(a, a.pop(), a.index(2), a.count(2), a.tolist(), a.tobytes()[:8])
a.remove(2); a.reverse(); print(a); a[0] = 9; del a[1]; print(a)
print(array('d', [1.5, 2]), array('f', [0.1]), array('B', b'ab'), array('i'), array('u', 'hé'))
for f in (lambda: array('i', ['a']), lambda: array('b', [200]), lambda: array('z'), lambda: array('i', [1.5]), lambda: a.append(2**40), lambda: a[10], lambda: array('B', [256]), lambda: array('B', [-1])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
