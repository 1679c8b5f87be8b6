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

class Linear(layers.Layer):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")

    def call(self, inputs):
        return keras.ops.matmul(inputs, self.w) + self.b

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config


l = Linear(2)
x = data(3, 4)
show("out", l(x))
print(l.built, [w.name for w in l.weights], [tuple(w.shape) for w in l.weights], l.get_config()["units"], l.name)


class Drop(layers.Layer):
    def call(self, inputs, training=False):
        return inputs * 0 if training else inputs


d = Drop()
show("use", d(x))
show("train", d(x, training=True))
m = keras.Sequential([keras.Input((4,)), Linear(3), layers.ReLU(), Linear(1, name="last")])
m.summary()
m.compile("sgd", "mse")
h = m.fit(x, data(3, 1), epochs=2, verbose=0)
print([f"{v:.4f}" for v in h.history["loss"]])


class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.parts = [layers.Dense(2), layers.Dense(2)]
        self.norm = layers.LayerNormalization()

    def call(self, x):
        for p in self.parts:
            x = p(x)
        return self.norm(x)


b = Block()
b(data(2, 3))
print(len(b.weights), b.count_params(), [tuple(w.shape) for w in b.weights])
