import numpy as np
a = np.arange(12).reshape(3, 4)
print(a.base is None, a[1].base is a.base, a.T.base is a.base, a.copy().base, a[a > 3].base is None)
b = np.arange(6)
v = b[1:4]
w = v[::-1]
print(v.base is b, w.base is b, v.flags.owndata, b.flags.owndata, v.flags['C_CONTIGUOUS'], w.flags.c_contiguous)
v += 10
w[0] = -1
print(b, np.shares_memory(b, w), np.may_share_memory(b, b.copy()))
c = b.reshape(2, 3)
c[0, 0] = 99
print(b[0], c.ravel().base is b, c.flatten().base, c.view().base is b, b.astype(int).base, b.astype(int, copy=False) is b)
print(b.flags)
