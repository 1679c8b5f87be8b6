import numpy as np
import keras
from keras import layers
base = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization(), layers.GlobalAveragePooling2D()], name="base")
for i, w in enumerate(base.trainable_weights):
    w.assign(np.sin(np.arange(int(np.prod(w.shape))) * 0.7 + i).reshape(w.shape) * 0.3 + (1 if "gamma" in w.path else 0))
base.trainable = False
inputs = keras.Input((8, 8, 3))
x = base(inputs, training=False)
outputs = layers.Dense(1, kernel_initializer="zeros")(x)
model = keras.Model(inputs, outputs)
print(len(model.trainable_weights), len(model.non_trainable_weights), [l.trainable for l in base.layers])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy()])
X = np.abs(np.sin(np.arange(16 * 192))).reshape(16, 8, 8, 3).astype("float32")
Y = (np.arange(16) % 2).astype("float32")
h = model.fit(X, Y, epochs=2, batch_size=8, shuffle=False, verbose=0)
print({k: [round(v, 4) for v in vs] for k, vs in h.history.items()})
model.summary(show_trainable=True)
base.trainable = True
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy()])
h = model.fit(X, Y, epochs=2, batch_size=8, shuffle=False, verbose=0)
print({k: [round(v, 4) for v in vs] for k, vs in h.history.items()})
feat = keras.Model(base.inputs, base.layers[0].output)
print(feat.predict(X[:1], verbose=0).shape)
ex = keras.Model(inputs=base.inputs, outputs=[l.output for l in base.layers])
print([f.shape for f in ex(X[:2])])
for layer in base.layers[:-1]:
    layer.trainable = False
print([(l.name, l.trainable) for l in base.layers], len(base.trainable_weights))
