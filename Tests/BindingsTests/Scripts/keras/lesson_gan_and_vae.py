import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops

class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    @property
    def metrics(self):
        return [self.total_loss_tracker, self.kl_loss_tracker]

    def train_step(self, data):
        with tf.GradientTape() as tape:
            z_mean, z_log_var = self.encoder(data)
            z = z_mean
            reconstruction = self.decoder(z)
            rec = ops.mean(ops.sum(ops.square(data - reconstruction), axis=1))
            kl = -0.5 * (1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var))
            kl = ops.mean(ops.sum(kl, axis=1))
            total = rec + kl
        grads = tape.gradient(total, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        self.total_loss_tracker.update_state(total)
        self.kl_loss_tracker.update_state(kl)
        return {"loss": self.total_loss_tracker.result(), "kl_loss": self.kl_loss_tracker.result()}

def fill(m):
    for i, w in enumerate(m.weights):
        w.assign(np.sin(np.arange(int(np.prod(w.shape))) * 0.7 + i).reshape(w.shape) * 0.3)
ei = keras.Input((6,))
h = layers.Dense(5, activation="relu")(ei)
enc = keras.Model(ei, [layers.Dense(2, name="z_mean")(h), layers.Dense(2, name="z_log_var")(h)], name="encoder")
di = keras.Input((2,))
dec = keras.Model(di, layers.Dense(6, activation="sigmoid")(layers.Dense(5, activation="relu")(di)), name="decoder")
fill(enc); fill(dec)
vae = VAE(enc, dec)
vae.compile(optimizer=keras.optimizers.Adam(0.01))
x = np.abs(np.sin(np.arange(96))).reshape(16, 6).astype("float32")
hist = vae.fit(x, epochs=3, batch_size=8, shuffle=False, verbose=0)
print({k: [round(float(v), 4) for v in vs] for k, vs in hist.history.items()})
class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1337)
    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = keras.random.normal(shape=ops.shape(z_mean), seed=self.seed_generator)
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
s = Sampling()
print(s([tf.zeros((2, 3)), tf.zeros((2, 3))]).shape)
d = keras.Sequential([keras.Input((2,)), layers.Dense(4), layers.LeakyReLU(negative_slope=0.2), layers.Dense(1)], name="discriminator")
g = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="relu"), layers.Dense(2)], name="generator")
fill(d); fill(g)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
do, go = keras.optimizers.Adam(1e-2, beta_1=0.5), keras.optimizers.Adam(1e-2, beta_1=0.5)
real = tf.constant(np.sin(np.arange(20)).reshape(10, 2), dtype=tf.float32)
noise = tf.constant(np.cos(np.arange(30)).reshape(10, 3), dtype=tf.float32)
for step in range(4):
    with tf.GradientTape() as gt, tf.GradientTape() as dt:
        fake = g(noise, training=True)
        ro, fo = d(real, training=True), d(fake, training=True)
        gl = bce(tf.ones_like(fo), fo)
        dl = bce(tf.ones_like(ro), ro) + bce(tf.zeros_like(fo), fo)
    go.apply_gradients(zip(gt.gradient(gl, g.trainable_variables), g.trainable_variables))
    do.apply_gradients(zip(dt.gradient(dl, d.trainable_variables), d.trainable_variables))
    print(step, f"{gl:.4f} {dl:.4f}")
