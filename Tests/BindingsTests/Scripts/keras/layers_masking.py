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

ids = np.array([[1, 2, 0, 0], [3, 1, 2, 0]])
e = layers.Embedding(5, 3, mask_zero=True)
e(ids)
fill(e)
show("embedding", e(ids))
print(np.asarray(e.compute_mask(ids)).tolist())
m = keras.Sequential([keras.Input((4,)), e, layers.LSTM(2)])
fill(m.layers[1])
show("lstm", m.predict(ids, verbose=0))
x = data(2, 4, 3)
x[0, 2:] = 0
k = keras.Sequential([keras.Input((4, 3)), layers.Masking(), layers.GRU(2, return_sequences=True)])
fill(k.layers[1])
show("gru", k.predict(x, verbose=0))
