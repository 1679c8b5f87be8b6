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

x, y = data(40, 4), (data(40, 4).sum(axis=1) > 0).astype("int64")
m = keras.Sequential([keras.Input((4,)), layers.Dense(5, activation="relu"), layers.Dense(2, activation="softmax")])
for l in m.layers:
    fill(l)
m.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
h = m.fit(x, y, batch_size=8, epochs=4, shuffle=False, verbose=0, validation_split=0.25)
for k, v in h.history.items():
    print(k, [f"{a:.4f}" for a in v])
print(h.epoch, h.params)
print([f"{v:.4f}" for v in m.evaluate(x, y, verbose=0)])
print({k: f"{v:.4f}" for k, v in m.evaluate(x, y, verbose=0, return_dict=True).items()})
p = m.predict(x, verbose=0)
show("predict", p)
print(p.argmax(axis=1)[:10].tolist(), p.dtype)
show("kernel", m.layers[0].get_weights()[0])
print(m.metrics_names)
