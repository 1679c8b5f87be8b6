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

for act in [None, "relu", "tanh", "sigmoid", "softmax", "elu", "gelu", "selu", "softplus", "swish"]:
    d = layers.Dense(3, activation=act)
    x = data(2, 4)
    d(x)
    fill(d)
    show(act, d(x))
d = layers.Dense(2, use_bias=False)
print(d(data(2, 3, 4)).shape, d.count_params(), len(d.get_weights()), d.units, d.use_bias)
