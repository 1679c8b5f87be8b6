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

n = layers.Normalization()
x = data(50, 3) * 5 + 2
n.adapt(x)
y = np.asarray(n(x))
print(np.round(y.mean(axis=0), 4) + 0.0, np.round(y.std(axis=0), 4))
show("mean", n.mean)
show("given", layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0])(x[:2]))
print(np.asarray(layers.CategoryEncoding(num_tokens=4, output_mode="one_hot")(np.array([0, 3, 1]))).tolist())
print(np.asarray(layers.CategoryEncoding(num_tokens=4, output_mode="multi_hot")(np.array([[0, 1], [3, 3]]))).tolist())
print(np.asarray(layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0])(np.array([[-1.5, 1.0, 3.4, 0.5]]))).tolist())
im = data(2, 6, 6, 1)
for l in [layers.RandomFlip(), layers.RandomRotation(0.1), layers.RandomZoom(0.1), layers.RandomTranslation(0.1, 0.1), layers.RandomContrast(0.1)]:
    print(type(l).__name__, np.allclose(l(im, training=False), im), l(im, training=True).shape)
show("resize", layers.Resizing(3, 3)(im))
show("crop", layers.CenterCrop(2, 2)(im))
