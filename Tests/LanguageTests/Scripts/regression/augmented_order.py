x = 1
def f():
    global x
    x = 100
    return 5
x += f()
print(x)
def g():
    y = 1
    def h():
        nonlocal y
        y = 100
        return 5
    y += h()
    return y
print(g())
try:
    undefinedname += str(alsoundefined)
except NameError as e: print(e)
try:
    undefinedname += print("called")
except NameError as e: print(e)
def k():
    z = 1
    z += (z := 10)
    return z
print(k())
z = 2
z += (z := 10)
print(z)
def lo():
    try:
        q += print("no")
    except UnboundLocalError as e: print(e)
    q = 1
lo()
s = "a"
s += s + "b"
print(s)
l = [1]
def ch():
    global l
    l = [9]
    return [2]
l += ch()
print(l)
