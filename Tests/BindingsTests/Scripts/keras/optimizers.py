import numpy as np
import keras
from keras import layers


def show(name, x):
    x = np.asarray(x, dtype="float64")
    print(name, x.shape, " ".join(f"{v:.3f}" for v in (x.reshape(-1) + 0.0)[:12]), f"sum {x.sum():.3f}")


def fill(layer):
    """Weights that both have."""
    layer.set_weights([np.cos(np.arange(w.size) * 0.7 + 1).reshape(w.shape).astype("float32") * 0.4 for w in layer.get_weights()])


def data(*shape):
    return np.sin(np.arange(int(np.prod(shape))) * 0.3).reshape(shape).astype("float32")

O = keras.optimizers
kinds = [O.SGD(0.1), O.SGD(0.1, momentum=0.9), O.SGD(0.1, momentum=0.9, nesterov=True), O.Adam(0.1), O.Adam(0.1, amsgrad=True), O.AdamW(0.1, weight_decay=0.1), O.RMSprop(0.1), O.RMSprop(0.1, momentum=0.5, centered=True), O.Adagrad(0.1), O.Adadelta(1.0), O.Adamax(0.1), O.Nadam(0.1), O.Ftrl(0.1), O.Ftrl(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.1), O.Lion(0.1), O.SGD(0.1, clipnorm=0.5), O.SGD(0.1, clipvalue=0.2), O.SGD(0.1, global_clipnorm=0.4), O.SGD(0.1, weight_decay=0.2)]
for o in kinds:
    v = keras.Variable(np.array([1.0, -2.0, 0.5], dtype="float32"))
    w = keras.Variable(np.array([[0.3, -0.1]], dtype="float32"))
    for step in range(5):
        g = np.cos(np.arange(3) + step).astype("float32")
        h = np.sin(np.arange(2) + step).reshape(1, 2).astype("float32")
        o.apply_gradients([(keras.ops.convert_to_tensor(g), v), (keras.ops.convert_to_tensor(h), w)])
    print(type(o).__name__, int(o.iterations), f"{float(o.learning_rate):.6f}")
    show("v", v)
    show("w", w)
print(sorted(O.Adam().get_config()))
