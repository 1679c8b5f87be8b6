import numpy as np
import keras
from keras import layers
rng = np.random.default_rng(3)
title = keras.Input((10,), name="title")
tags = keras.Input((4,), name="tags")
h = layers.Concatenate()([layers.Dense(6, activation="tanh")(title), tags])
pri = layers.Dense(1, activation="sigmoid", name="priority")(h)
dep = layers.Dense(3, activation="softmax", name="department")(h)
model = keras.Model(inputs=[title, tags], outputs=[pri, dep])
for i, w in enumerate(model.weights):
    w.assign(np.sin(np.arange(np.prod(w.shape)) + i).reshape(w.shape) * 0.3)
model.compile(optimizer="rmsprop", loss={"priority": "binary_crossentropy", "department": "categorical_crossentropy"}, loss_weights={"priority": 1.0, "department": 0.2}, metrics={"department": ["accuracy"]})
td = rng.integers(0, 2, (40, 10)).astype("float32")
gd = rng.integers(0, 2, (40, 4)).astype("float32")
p = rng.integers(0, 2, (40, 1)).astype("float32")
d = np.eye(3, dtype="float32")[rng.integers(0, 3, 40)]
h = model.fit({"title": td, "tags": gd}, {"priority": p, "department": d}, epochs=2, batch_size=10, shuffle=False, verbose=0)
for k in sorted(h.history):
    print(k, [round(v, 4) for v in h.history[k]])
print(model.metrics_names)
ev = model.evaluate({"title": td, "tags": gd}, {"priority": p, "department": d}, verbose=0, return_dict=True)
print({k: round(v, 4) for k, v in sorted(ev.items())})
pp = model.predict({"title": td[:2], "tags": gd[:2]}, verbose=0)
print([q.shape for q in pp])
print(np.round(pp[1], 4))
