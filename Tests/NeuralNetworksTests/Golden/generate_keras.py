"""Records what Keras gives: losses from probabilities, optimizers with its epsilon, a fit without
shuffling, for KerasGoldenTests.swift.

    python3 -m venv venv && venv/bin/pip install keras tensorflow-cpu numpy
    venv/bin/python generate_keras.py

Writes keras.json beside this file.
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)


def pack(x):
    x = np.asarray(x)
    return {"dtype": str(x.dtype), "shape": list(x.shape), "data": " ".join(str(v) for v in x.reshape(-1))}


def f32(*shape, low=-2, high=2):
    return rng.uniform(low, high, shape).astype(np.float32)


LOSSES = []


def loss(name, f, target, prediction):
    p = tf.Variable(prediction)
    with tf.GradientTape() as tape:
        out = f(target, p)
    LOSSES.append({"name": name, "prediction": pack(prediction), "target": pack(target), "output": pack(out.numpy()),
                   "gradient": pack(tape.gradient(out, p).numpy())})


def soft(x):
    e = np.exp(x)
    return (e / e.sum(-1, keepdims=True)).astype(np.float32)


L = keras.losses
classes = np.array([0, 2, 1, 2, 0], dtype=np.int64)
probabilities = soft(f32(5, 3))
loss("sparse", L.SparseCategoricalCrossentropy(), classes, probabilities)
loss("sparse_logits", L.SparseCategoricalCrossentropy(from_logits=True), classes, f32(5, 3))
loss("categorical", L.CategoricalCrossentropy(), np.eye(3, dtype=np.float32)[classes], probabilities)
loss("categorical", L.CategoricalCrossentropy(), soft(f32(5, 3)), probabilities)
loss("binary", L.BinaryCrossentropy(), np.array([[0.0], [1.0], [1.0]], dtype=np.float32), f32(3, 1, low=0.01, high=0.99))
loss("binary", L.BinaryCrossentropy(), np.array([[0.0], [1.0]], dtype=np.float32), np.array([[0.0], [1.0]], dtype=np.float32))
loss("binary_logits", L.BinaryCrossentropy(from_logits=True), np.array([[0.0], [1.0], [1.0]], dtype=np.float32), f32(3, 1, low=-5, high=5))
loss("mse", L.MeanSquaredError(), f32(4, 2), f32(4, 2))
loss("mae", L.MeanAbsoluteError(), f32(4, 2), f32(4, 2))
loss("huber", L.Huber(), f32(4, 2), f32(4, 2))

RUNS = []


def run(optimizer, make, activation, loss_name, one_hot=False, weights=None, class_weight=None, split=0.0):
    x = f32(50, 6)
    y = (np.abs(x).argmax(1) % 3).astype(np.int64)
    m = keras.Sequential([keras.Input((6,)), keras.layers.Dense(7, activation="relu"), keras.layers.Dense(3, activation=activation)])
    start = [f32(6, 7, low=-0.5, high=0.5), f32(7, low=-0.1, high=0.1), f32(7, 3, low=-0.5, high=0.5), np.zeros(3, np.float32)]
    m.set_weights(start)
    loss = L.get(loss_name) if activation else L.SparseCategoricalCrossentropy(from_logits=True)
    m.compile(make(), loss, metrics=["accuracy"])
    target = np.eye(3, dtype=np.float32)[y] if one_hot else y
    h = m.fit(x, target, batch_size=8, epochs=4, shuffle=False, verbose=0, sample_weight=weights, class_weight=class_weight,
              validation_split=split)
    RUNS.append({"optimizer": optimizer, "softmax": activation == "softmax", "oneHot": one_hot, "x": pack(x), "y": pack(y),
                 "start": [pack(w) for w in start], "end": [pack(w) for w in m.get_weights()],
                 "history": [[k, [float(v) for v in vs]] for k, vs in h.history.items()],
                 "sampleWeights": None if weights is None else pack(weights),
                 "classWeights": None if class_weight is None else [class_weight[i] for i in range(3)], "split": split,
                 "evaluated": [float(v) for v in m.evaluate(x, target, verbose=0)]})


O = keras.optimizers
run("sgd", lambda: O.SGD(0.1), "softmax", "sparse_categorical_crossentropy")
run("momentum", lambda: O.SGD(0.05, momentum=0.9), None, "")
run("nesterov", lambda: O.SGD(0.05, momentum=0.9, nesterov=True), None, "")
run("adam", lambda: O.Adam(0.01), "softmax", "sparse_categorical_crossentropy")
run("adam", lambda: O.Adam(0.01), "softmax", "categorical_crossentropy", one_hot=True)
run("adamw", lambda: O.AdamW(0.01, weight_decay=0.1), None, "")
run("sgd", lambda: O.SGD(0.1), "softmax", "sparse_categorical_crossentropy", weights=rng.uniform(0, 2, 50).astype(np.float32))
run("sgd", lambda: O.SGD(0.1), "softmax", "sparse_categorical_crossentropy", class_weight={0: 1.0, 1: 3.0, 2: 0.5})
run("sgd", lambda: O.SGD(0.1), "softmax", "sparse_categorical_crossentropy", split=0.3)

with open(os.path.join(HERE, "keras.json"), "w") as f:
    json.dump({"framework": "keras " + keras.__version__ + ", tensorflow " + tf.__version__, "seed": 5,
               "command": "python generate_keras.py", "losses": LOSSES, "runs": RUNS}, f, indent=0, separators=(",", ":"))
    f.write("\n")
print(len(LOSSES), len(RUNS), RUNS[0]["history"])
