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

x = data(2, 7, 6, 3)
for pad in ["valid", "same"]:
    for size, strides in [(2, None), (3, 2), ((2, 3), 1)]:
        show(f"max {pad}", layers.MaxPooling2D(size, strides, padding=pad)(x))
        show(f"avg {pad}", layers.AveragePooling2D(size, strides, padding=pad)(x))
s = data(2, 7, 3)
show("max1", layers.MaxPooling1D(2)(s))
show("avg1", layers.AveragePooling1D(3, 2, padding="same")(s))
for l in [layers.GlobalMaxPooling2D(), layers.GlobalAveragePooling2D(), layers.GlobalAveragePooling2D(keepdims=True)]:
    show("global", l(x))
show("g1", layers.GlobalAveragePooling1D()(s))
show("g1", layers.GlobalMaxPooling1D()(s))
