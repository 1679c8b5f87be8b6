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

m = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="tanh"), layers.Dense(1)])
for l in m.layers:
    fill(l)
x, y = data(10, 3), data(10, 1)
opt = keras.optimizers.Adam(0.05)
loss_fn = keras.losses.MeanSquaredError()
metric = keras.metrics.MeanAbsoluteError()
for step in range(5):
    with tf.GradientTape() as tape:
        pred = m(x, training=True)
        loss = loss_fn(y, pred)
    grads = tape.gradient(loss, m.trainable_variables)
    opt.apply_gradients(zip(grads, m.trainable_variables))
    metric.update_state(y, pred)
    print(step, f"{float(loss):.3f}", f"{float(metric.result()):.3f}")
for g in grads:
    show("grad", g)


class Custom(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


i = keras.Input((3,))
o = layers.Dense(1)(i)
c = Custom(i, o)
fill(c)
c.compile("sgd", "mse")
h = c.fit(x, y, epochs=3, verbose=0, shuffle=False)
print([f"{v:.5f}" for v in h.history["loss"]])
