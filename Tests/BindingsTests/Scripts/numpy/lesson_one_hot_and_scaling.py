import numpy as np
labels = np.array([0, 2, 1, 2])
print(np.eye(3, dtype=int)[labels], np.eye(3)[labels].argmax(axis=1))
x = np.array([[1., 200.], [2., 300.], [3., 600.]])
z = (x - x.mean(axis=0)) / x.std(axis=0)
m = (x - x.min(0)) / (x.max(0) - x.min(0))
print(z, m, z.mean(0).round(10), z.std(0))
idx = np.random.RandomState(0).permutation(10)
train, test = idx[:7], idx[7:]
print(train, test, np.sort(np.concatenate([train, test])), np.setdiff1d(np.arange(10), train))
print(np.array_split(idx, 3), np.c_[x, np.ones(3)], np.column_stack((labels[:3], x)), np.hstack([x, x[:, :1]]).shape)
conf = np.zeros((3, 3), dtype=int)
np.add.at(conf, (labels, [0, 1, 1, 2]), 1)
print(conf, conf.diagonal().sum() / conf.sum(), conf.sum(axis=1), np.divide(conf.diagonal(), conf.sum(axis=1)))
