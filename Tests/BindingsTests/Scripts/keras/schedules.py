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

D = keras.optimizers.schedules
for s in [D.ExponentialDecay(0.1, 10, 0.9), D.ExponentialDecay(0.1, 10, 0.9, staircase=True), D.PiecewiseConstantDecay([5, 12], [0.1, 0.05, 0.01]), D.PolynomialDecay(0.1, 20, 0.01, power=2.0), D.PolynomialDecay(0.1, 7, 0.01, cycle=True), D.InverseTimeDecay(0.1, 5, 0.5), D.CosineDecay(0.1, 20, alpha=0.1), D.CosineDecay(0.0, 20, warmup_target=0.1, warmup_steps=5), D.CosineDecayRestarts(0.1, 5)]:
    print(type(s).__name__, [f"{float(s(i)):.5f}" for i in range(0, 30, 3)])
o = keras.optimizers.SGD(D.ExponentialDecay(0.1, 1, 0.5))
v = keras.Variable(np.array([1.0], dtype="float32"))
for i in range(4):
    o.apply_gradients([(keras.ops.convert_to_tensor(np.array([1.0], dtype="float32")), v)])
    print(f"{float(o.learning_rate):.5f}", f"{float(v.numpy()[0]):.5f}")
