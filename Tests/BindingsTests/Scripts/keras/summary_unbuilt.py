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

m = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dropout(0.2), layers.Dense(1)], name="later")
m.summary()
print(m.built, len(m.layers))
m.build((None, 5))
m.summary()
m.add(layers.Dense(3))
print(m.output_shape, m.count_params())
m.pop()
print(m.output_shape, m.count_params(), [l.name for l in m.layers])
m.layers[0].trainable = False
m.summary()
m.compile("adam", "mse")
m.fit(data(4, 5), data(4, 1), verbose=0)
m.summary()
m.summary(show_trainable=True)
