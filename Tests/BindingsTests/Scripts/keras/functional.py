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

a = keras.Input((4,), name="a")
b = keras.Input((3,), name="b")
shared = layers.Dense(5, activation="relu", name="shared")
h = layers.Concatenate()([shared(a), layers.Dense(5, name="other")(b)])
one = layers.Dense(1, name="one")(h)
two = layers.Dense(3, activation="softmax", name="two")(h)
m = keras.Model(inputs=[a, b], outputs=[one, two], name="both")
m.summary()
for l in m.layers:
    fill(l)
x, z = data(20, 4), data(20, 3)
y1, y2 = data(20, 1), np.arange(20) % 3
m.compile("sgd", loss={"one": "mse", "two": "sparse_categorical_crossentropy"}, loss_weights={"one": 1.0, "two": 0.5}, metrics={"two": ["accuracy"]})
hist = m.fit({"a": x, "b": z}, {"one": y1, "two": y2}, epochs=2, batch_size=5, shuffle=False, verbose=0)
for k in sorted(hist.history):
    print(k, [f"{v:.4f}" for v in hist.history[k]])
p = m.predict([x, z], verbose=0)
show("one", p[0])
show("two", p[1])
print(m.input_shape, m.output_shape, [l.name for l in m.layers], len(m.inputs), m.count_params())
f = keras.Model(m.inputs, m.get_layer("shared").output)
print(f.predict([x, z], verbose=0).shape)
