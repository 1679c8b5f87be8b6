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

R = keras.regularizers
w = data(3, 4)
for r in [R.l1(0.1), R.l2(0.1), R.L1L2(0.1, 0.2), R.L2()]:
    print(f"{float(r(w)):.5f}", {k: round(float(v), 4) for k, v in r.get_config().items()})
C = keras.constraints
for c in [C.MaxNorm(0.5), C.NonNeg(), C.UnitNorm(), C.MinMaxNorm(0.2, 0.6)]:
    show(type(c).__name__, c(w))
m = keras.Sequential([keras.Input((3,)), layers.Dense(4, kernel_regularizer=R.l2(0.1), kernel_constraint=C.MaxNorm(0.7)), layers.Dense(1, activity_regularizer="l2")])
for l in m.layers:
    fill(l)
m.compile(keras.optimizers.SGD(0.1), "mse")
h = m.fit(data(8, 3), data(8, 1), epochs=3, verbose=0, shuffle=False)
print([f"{v:.5f}" for v in h.history["loss"]], f"{m.evaluate(data(8, 3), data(8, 1), verbose=0):.5f}")
show("kernel", m.get_weights()[0])
print(len(m.losses))
