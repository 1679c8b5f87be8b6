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

for pad in ["valid", "same"]:
    for s in [1, 2]:
        c = layers.Conv2D(3, (3, 2), strides=s, padding=pad, activation="relu")
        x = data(2, 7, 6, 2)
        c(x)
        fill(c)
        show(f"conv2d {pad} {s}", c(x))
        t = layers.Conv2DTranspose(2, 3, strides=s, padding=pad)
        t(x)
        fill(t)
        show(f"transpose {pad} {s}", t(x))
        d = layers.DepthwiseConv2D(3, strides=s, padding=pad, depth_multiplier=2)
        d(x)
        fill(d)
        show(f"depthwise {pad} {s}", d(x))
        p = layers.SeparableConv2D(4, 3, strides=s, padding=pad)
        p(x)
        fill(p)
        show(f"separable {pad} {s}", p(x))
for pad in ["valid", "same", "causal"]:
    c = layers.Conv1D(3, 3, padding=pad, dilation_rate=2)
    x = data(2, 8, 2)
    c(x)
    fill(c)
    show(f"conv1d {pad}", c(x))
g = layers.Conv2D(4, 3, groups=2)
g(data(1, 5, 5, 4))
fill(g)
show("groups", g(data(1, 5, 5, 4)))
