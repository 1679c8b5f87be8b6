def scale(x, factor=1, offset=0, *, clip=None):
    y = x * factor + offset
    if clip is not None and y > clip:
        return clip
    return y


def total(*values, start=0):
    for v in values:
        start += v
    return start


def forward(*args, **kwargs):
    return scale(*args, **kwargs)


s = 0
for i in range(300000):
    s += scale(i, factor=3)
    s += scale(i, offset=2, clip=1000)
print(s)
t = 0
for i in range(150000):
    t += total(i, 1, 2, start=5)
print(t)
u = 0
for i in range(100000):
    u += forward(i, factor=2, clip=500)
print(u)
