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

class Sampling(layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        batch = keras.ops.shape(mean)[0]
        dim = keras.ops.shape(mean)[1]
        epsilon = keras.random.normal(shape=(batch, dim)) * 0.0
        return mean + keras.ops.exp(0.5 * log_var) * epsilon


i = keras.Input((8, 8, 1))
x = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu")(i)
x = layers.Flatten()(x)
mean = layers.Dense(2, name="mean")(x)
log_var = layers.Dense(2, name="log_var")(x)
z = Sampling()([mean, log_var])
encoder = keras.Model(i, [mean, log_var, z], name="encoder")
encoder.summary()
j = keras.Input((2,))
x = layers.Dense(4 * 4 * 4, activation="relu")(j)
x = layers.Reshape((4, 4, 4))(x)
o = layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(x)
decoder = keras.Model(j, o, name="decoder")
auto = keras.Model(i, decoder(encoder(i)[2]), name="auto")
for l in encoder.layers + decoder.layers:
    fill(l)
auto.compile("adam", "mse")
h = auto.fit(data(6, 8, 8, 1), data(6, 8, 8, 1), epochs=2, verbose=0, shuffle=False)
print([f"{v:.4f}" for v in h.history["loss"]])
show("z", encoder.predict(data(2, 8, 8, 1), verbose=0)[2])
print(auto.output_shape, auto.count_params())
