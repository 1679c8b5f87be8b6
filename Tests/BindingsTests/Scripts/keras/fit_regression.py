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

x = data(30, 3)
y = x @ np.array([1.0, -2.0, 0.5], dtype="float32") + 0.3
m = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
fill(m)
m.compile("adam", "mse", metrics=["mae", "mse"])
h = m.fit(x, y, epochs=3, batch_size=10, shuffle=False, verbose=0, validation_data=(x[:5], y[:5]), sample_weight=np.linspace(0.5, 1.5, 30))
for k, v in h.history.items():
    print(k, [f"{a:.4f}" for a in v])
for b in range(3):
    print([f"{v:.4f}" for v in m.train_on_batch(x[b * 10:b * 10 + 10], y[b * 10:b * 10 + 10])])
print([f"{v:.4f}" for v in m.test_on_batch(x, y)])
print(m.predict_on_batch(x[:2]).shape, m.predict(x[:3], verbose=0).shape)
m.compile(keras.optimizers.Adam(0.01), keras.losses.Huber(), metrics=[keras.metrics.RootMeanSquaredError()])
h = m.fit(x, y, epochs=2, verbose=0, shuffle=False)
print({k: [f"{a:.4f}" for a in v] for k, v in h.history.items()})
