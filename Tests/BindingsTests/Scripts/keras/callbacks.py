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

class Log(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        print("begin", self.params["epochs"])

    def on_epoch_begin(self, epoch, logs=None):
        print("epoch", epoch)

    def on_train_batch_end(self, batch, logs=None):
        print(" batch", batch, sorted(logs))

    def on_epoch_end(self, epoch, logs=None):
        print("end", epoch, {k: f"{v:.4f}" for k, v in sorted(logs.items())}, self.model.name)
        if epoch == 2:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        print("done")


def make():
    m = keras.Sequential([keras.Input((3,)), layers.Dense(1)], name="m")
    fill(m)
    m.compile(keras.optimizers.SGD(0.1), "mse")
    return m


x, y = data(8, 3), data(8, 1)
make().fit(x, y, epochs=5, batch_size=4, shuffle=False, verbose=0, callbacks=[Log()])
m = make()
stop = keras.callbacks.EarlyStopping(monitor="loss", patience=1, min_delta=0.5, restore_best_weights=True)
h = m.fit(x, y, epochs=6, shuffle=False, verbose=0, callbacks=[stop])
print(len(h.epoch), stop.stopped_epoch)
m = make()
plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=1, min_delta=1.0)
h = m.fit(x, y, epochs=4, shuffle=False, verbose=0, callbacks=[plateau])
print([f"{v:.4f}" for v in h.history["learning_rate"]])
m = make()
h = m.fit(x, y, epochs=3, shuffle=False, verbose=0, callbacks=[keras.callbacks.LearningRateScheduler(lambda epoch, lr: lr * 0.5)])
print([f"{v:.4f}" for v in h.history["learning_rate"]])
seen = []
m.fit(x, y, epochs=2, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(epoch))])
print(seen)
h = m.fit(x, y, epochs=4, initial_epoch=2, verbose=0)
print(h.epoch)
