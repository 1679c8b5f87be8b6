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

class MLP(keras.Model):
    def __init__(self, hidden=4):
        super().__init__()
        self.d1 = layers.Dense(hidden, activation="relu")
        self.drop = layers.Dropout(0.5)
        self.d2 = layers.Dense(2)

    def call(self, x, training=False):
        x = self.d1(x)
        x = self.drop(x, training=training)
        return self.d2(x)


m = MLP()
x = data(6, 3)
print(m(x).shape, m.name, len(m.weights), [l.name for l in m.layers])
for l in [m.d1, m.d2]:
    fill(l)
show("out", m(x))
m.compile(keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
print([f"{v:.4f}" for v in m.evaluate(x, np.array([0, 1, 0, 1, 1, 0]), verbose=0)])
h = m.fit(x, np.array([0, 1, 0, 1, 1, 0]), epochs=2, verbose=0)
print(sorted(h.history), m.count_params())
show("predict", m.predict(x, verbose=0).shape)
m.summary()
