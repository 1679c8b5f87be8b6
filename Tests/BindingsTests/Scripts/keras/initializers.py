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

I = keras.initializers
for name in ["zeros", "ones"]:
    show(name, I.get(name)((2, 3)) if hasattr(I, "get") else 0)
show("constant", I.Constant(0.5)((2, 2)))
show("identity", I.Identity(2.0)((3, 3)))
keras.utils.set_random_seed(1)
big = (200, 300)
for i in [I.RandomNormal(1.0, 0.5), I.RandomUniform(-1, 1), I.TruncatedNormal(stddev=0.5), I.GlorotUniform(), I.GlorotNormal(), I.HeUniform(), I.HeNormal(), I.LecunUniform(), I.LecunNormal(), I.VarianceScaling(2.0, "fan_out", "uniform")]:
    v = np.asarray(i(big), dtype="float64")
    print(type(i).__name__, v.shape, f"{abs(v.mean()):.1f} {v.std():.2f} {np.abs(v).max() < 3.5}")
q = np.asarray(I.Orthogonal()((4, 4)))
print(np.allclose(q @ q.T, np.eye(4), atol=1e-5))
a, b = I.GlorotUniform(seed=3)((2, 2)), I.GlorotUniform(seed=3)((2, 2))
print(np.allclose(a, b))
d = layers.Dense(2, kernel_initializer="he_normal", bias_initializer=I.Constant(0.1))
d.build((None, 3))
print(d.get_weights()[1].tolist())
