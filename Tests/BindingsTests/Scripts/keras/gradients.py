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

import tensorflow as tf


def check(layer, x, training=False):
    x = tf.constant(x)
    layer(x)
    if layer.get_weights() and not isinstance(layer, layers.BatchNormalization):
        fill(layer)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, training=training) if training else layer(x)
        w = tf.constant(np.cos(np.arange(int(np.prod(y.shape)))).reshape(y.shape).astype("float32"))
        loss = tf.reduce_sum(y * w)
    sources = [x] + list(layer.trainable_variables)
    for name, g in zip(["input"] + [v.name for v in layer.trainable_variables], tape.gradient(loss, sources)):
        g = np.asarray(g, dtype="float64")
        print(type(layer).__name__, name, g.shape, " ".join(f"{v:.3f}" for v in g.reshape(-1)[:6] + 0.0), f"{np.abs(g).sum():.2f}")


im, seq, row = data(2, 6, 5, 2), data(2, 5, 3), data(3, 4)
check(layers.Dense(3, activation="tanh"), row)
check(layers.Conv2D(3, 3, padding="same", strides=2), im)
check(layers.Conv1D(2, 2, padding="causal"), seq)
check(layers.Conv2DTranspose(2, 3, strides=2), im)
check(layers.DepthwiseConv2D(3), im)
check(layers.SeparableConv2D(2, 2), im)
check(layers.MaxPooling2D(2, padding="same"), im)
check(layers.AveragePooling2D(2, padding="same"), im)
check(layers.GlobalAveragePooling2D(), im)
check(layers.BatchNormalization(), row, training=True)
check(layers.LayerNormalization(), row)
check(layers.GroupNormalization(2), data(2, 3, 4))
check(layers.LSTM(2), seq)
check(layers.GRU(2, return_sequences=True), seq)
check(layers.SimpleRNN(2), seq)
check(layers.Bidirectional(layers.LSTM(2)), seq)
check(layers.TimeDistributed(layers.Dense(2)), seq)
check(layers.PReLU(), row)
check(layers.UpSampling2D(2), im)
check(layers.LeakyReLU(negative_slope=0.1), row)
check(layers.ELU(), row)
check(layers.Softmax(), row)
check(layers.Cropping2D(1), im)
for name in ["relu", "gelu", "selu", "swish", "softplus", "softsign", "mish", "hard_sigmoid", "exponential"]:
    check(layers.Activation(name), row)
