import numpy as np
import tensorflow as tf
import keras
from keras import layers

class CustomModel(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")
        self.loss_fn = keras.losses.MeanSquaredError()

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.loss_fn(y, y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(grads, self.trainable_variables)
        self.loss_tracker.update_state(loss)
        self.mae_metric.update_state(y, y_pred)
        return {"loss": self.loss_tracker.result(), "mae": self.mae_metric.result()}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        self.loss_tracker.update_state(self.loss_fn(y, y_pred))
        return {"loss": self.loss_tracker.result()}

    @property
    def metrics(self):
        return [self.loss_tracker, self.mae_metric]

inputs = keras.Input(shape=(8,))
outputs = layers.Dense(1, kernel_initializer="ones")(inputs)
model = CustomModel(inputs, outputs)
model.compile(optimizer=keras.optimizers.SGD(0.01))
rng = np.random.default_rng(1)
x = rng.random((32, 8)).astype("float32")
y = rng.random((32, 1)).astype("float32")
h = model.fit(x, y, epochs=3, batch_size=8, shuffle=False, verbose=0)
print({k: [round(float(v), 4) for v in vs] for k, vs in h.history.items()})
r = model.evaluate(x, y, verbose=0)
print(r if not isinstance(r, (list, dict)) else r)
