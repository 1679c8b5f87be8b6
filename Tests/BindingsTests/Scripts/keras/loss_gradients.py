import numpy as np
import keras
from keras import layers


def show(name, x):
    x = np.asarray(x, dtype="float64")
    print(name, x.shape, " ".join(f"{v:.4f}" for v in (x.reshape(-1) + 0.0)[:12]), f"sum {abs(x.sum()):.3f}")


def fill(layer):
    """Weights that both have."""
    layer.set_weights([np.cos(np.arange(w.size) * 0.7 + 1).reshape(w.shape).astype("float32") * 0.4 for w in layer.get_weights()])


def data(*shape):
    return np.sin(np.arange(int(np.prod(shape))) * 0.3).reshape(shape).astype("float32")

import tensorflow as tf

t = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype="float32")
p = np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]], dtype="float32")
L = keras.losses
for loss in [L.MeanSquaredError(), L.MeanAbsoluteError(), L.Huber(0.3), L.LogCosh(), L.KLDivergence(), L.Poisson(), L.SquaredHinge(), L.CosineSimilarity(), L.BinaryCrossentropy(), L.BinaryCrossentropy(from_logits=True), L.CategoricalCrossentropy(), L.CategoricalCrossentropy(from_logits=True), L.BinaryFocalCrossentropy(), L.CategoricalFocalCrossentropy(), L.Dice(), L.MeanSquaredError(reduction="sum")]:
    x = tf.constant(p)
    with tf.GradientTape() as tape:
        tape.watch(x)
        v = loss(t, x)
    show(loss.name, tape.gradient(v, x))
x = tf.constant(p)
for logits in [True, False]:
    with tf.GradientTape() as tape:
        tape.watch(x)
        v = L.SparseCategoricalCrossentropy(from_logits=logits)(np.array([1, 2]), x)
    show("sparse", tape.gradient(v, x))
