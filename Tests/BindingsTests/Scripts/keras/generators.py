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

class Batches(keras.utils.PyDataset):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        return data(4, 3) + i, data(4, 1) * i


def make():
    m = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    fill(m)
    m.compile(keras.optimizers.SGD(0.01), "mse")
    return m


m = make()
h = m.fit(Batches(3), epochs=2, shuffle=False, verbose=0)
print([f"{v:.4f}" for v in h.history["loss"]], h.params)


def forever():
    i = 0
    while True:
        yield data(4, 3) + i % 3, data(4, 1) * (i % 3)
        i += 1


m = make()
h = m.fit(forever(), epochs=2, steps_per_epoch=3, verbose=0)
print([f"{v:.4f}" for v in h.history["loss"]])
print(f"{m.evaluate(forever(), steps=3, verbose=0):.4f}", m.predict(data(7, 3), batch_size=2, verbose=0).shape)
