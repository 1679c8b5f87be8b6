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

x = data(3, 4, 6)
for l in [layers.BatchNormalization(), layers.LayerNormalization(), layers.GroupNormalization(groups=2), layers.LayerNormalization(axis=[1, 2]), layers.BatchNormalization(scale=False, momentum=0.5), layers.UnitNormalization()]:
    l(x)
    if l.get_weights():
        l.set_weights([np.abs(w + 0.1 * np.cos(np.arange(w.size).reshape(w.shape))) for w in l.get_weights()])
    show(type(l).__name__, l(x))
b = layers.BatchNormalization()
show("training", b(x, training=True))
print([w.name for w in b.weights], [w.name for w in b.trainable_weights])
show("mean", b.moving_mean)
show("variance", b.moving_variance)
b.trainable = False
show("frozen", b(x, training=True))
