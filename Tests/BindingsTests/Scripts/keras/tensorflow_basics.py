import numpy as np
import keras
from keras import layers


def show(name, x):
    x = np.asarray(x, dtype="float64")
    print(name, x.shape, " ".join(f"{v:.4f}" for v in (x.reshape(-1) + 0.0)[:12]), f"sum {x.sum():.3f}")


def fill(layer):
    """Weights that both have."""
    layer.set_weights([np.cos(np.arange(w.size) * 0.7 + 1).reshape(w.shape).astype("float32") * 0.4 for w in layer.get_weights()])


def data(*shape):
    return np.sin(np.arange(int(np.prod(shape))) * 0.3).reshape(shape).astype("float32")

import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
print(x)
print(repr(x))
print(x.shape, x.dtype, x.numpy().tolist())
print(tf.reduce_sum(x), tf.reduce_mean(x, axis=0))
print(x + 1, x * x, x @ x)
print(tf.matmul(x, x).numpy().tolist(), tf.transpose(x).numpy().tolist())
print(tf.zeros((2, 2)), tf.ones([3]), tf.range(5), tf.cast([1.7, 2.2], tf.int32))
v = tf.Variable([1.0, 2.0])
v.assign_add([1.0, 1.0])
print(v, v.numpy())
with tf.GradientTape() as tape:
    y = v * v + 3 * v
    z = tf.reduce_sum(y)
print(tape.gradient(z, v))
a = tf.constant(3.0)
with tf.GradientTape(persistent=True) as t:
    t.watch(a)
    b = a * a
    c = b * a
print(t.gradient(b, a).numpy(), t.gradient(c, a).numpy())
with tf.GradientTape() as t2:
    t2.watch(a)
    with tf.GradientTape() as t1:
        t1.watch(a)
        f = a ** 3
    g = t1.gradient(f, a)
print(float(t2.gradient(g, a)))
print(tf.argmax([[1, 5, 2]], axis=1), tf.one_hot([0, 2], 3).numpy().tolist())
print(tf.concat([x, x], axis=1).shape, tf.stack([x, x]).shape, tf.expand_dims(x, 0).shape, tf.squeeze([[1.0]]).shape)
print(tf.nn.softmax([1.0, 2.0, 3.0]).numpy().round(4).tolist(), tf.nn.relu([-1.0, 2.0]))
print(x[0], x[:, 1], x[0, 1], float(x[1, 1]))
print(tf.reshape(tf.range(6), (2, 3)), tf.size(x), tf.rank(x), tf.shape(x))
d = tf.data.Dataset.from_tensor_slices((np.arange(5), np.arange(5) * 2)).batch(2)
for p, q in d:
    print(p.numpy().tolist(), q.numpy().tolist())
for e in tf.data.Dataset.range(6).map(lambda n: n * n).filter(lambda n: n > 3).take(2):
    print(e.numpy())
print(len(d), tf.equal([1, 2], [1, 3]), tf.where([True, False], [1, 2], [3, 4]))
tf.random.set_seed(1)
print(tf.random.normal((2, 3)).shape, tf.random.uniform((2,), 0, 1).dtype)
m = tf.keras.Sequential([tf.keras.layers.Input((2,)), tf.keras.layers.Dense(1)])
fill(m)
m.compile("sgd", "mse")
ds = tf.data.Dataset.from_tensor_slices((data(8, 2), data(8, 1))).batch(4)
h = m.fit(ds, epochs=2, verbose=0)
print([f"{v:.4f}" for v in h.history["loss"]])
print(m.predict(ds, verbose=0).shape, f"{m.evaluate(ds, verbose=0):.4f}")
