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

i = keras.Input((8,))
x = layers.Dense(8, activation="relu")(i)
y = layers.Dense(8)(x)
x = layers.add([x, y])
x = layers.Activation("relu")(x)
x = keras.ops.relu(x * 2 + 1)
o = layers.Dense(2)(x)
m = keras.Model(i, o)
for l in m.layers:
    fill(l)
show("out", m(data(3, 8)))
print([l.name for l in m.layers])
enc = keras.Model(i, y, name="encoder")
j = keras.Input((8,))
outer = keras.Model(j, layers.Dense(1)(enc(j)), name="outer")
outer.summary()
print(outer.count_params(), len(outer.trainable_weights))
enc.trainable = False
print(len(outer.trainable_weights), len(outer.non_trainable_weights))
