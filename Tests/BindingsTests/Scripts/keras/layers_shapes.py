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

x = data(2, 4, 6)
im = data(2, 3, 4, 2)
print(layers.Flatten()(im).shape, layers.Reshape((6, 4))(x).shape, layers.Reshape((-1, 2))(x).shape)
show("permute", layers.Permute((2, 1))(x))
show("repeat", layers.RepeatVector(2)(data(2, 3)))
show("pad", layers.ZeroPadding2D(((1, 0), (2, 1)))(im))
show("pad1", layers.ZeroPadding1D(1)(x))
show("crop", layers.Cropping2D(((1, 0), (1, 1)))(im))
show("crop1", layers.Cropping1D((1, 2))(x))
show("up", layers.UpSampling2D((2, 1))(im))
show("up1", layers.UpSampling1D(2)(x))
show("bilinear", layers.UpSampling2D(2, interpolation="bilinear")(im))
a, b = data(2, 3), data(2, 3) + 1
for l in [layers.Add(), layers.Subtract(), layers.Multiply(), layers.Average(), layers.Maximum(), layers.Minimum(), layers.Concatenate(), layers.Concatenate(axis=0), layers.Dot(1), layers.Dot(1, normalize=True)]:
    show(type(l).__name__, l([a, b]))
show("Dot", layers.Dot((2, 1))([data(2, 3, 4), data(2, 4, 5)]))
show("add", layers.add([a, b, a]))
show("lambda", layers.Lambda(lambda t: t * 2 + 1)(a))
show("rescale", layers.Rescaling(1 / 255, offset=-0.5)(a))
t = layers.TimeDistributed(layers.Dense(2))
t(x)
fill(t)
show("time", t(x))
for l in [layers.ReLU(max_value=0.5, negative_slope=0.1), layers.LeakyReLU(), layers.ELU(0.5), layers.Softmax(), layers.Activation("tanh")]:
    show(type(l).__name__, l(a))
p = layers.PReLU()
p(a)
fill(p)
show("PReLU", p(a))
