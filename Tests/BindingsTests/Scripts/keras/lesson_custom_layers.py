import numpy as np
import keras
import tensorflow as tf
from keras import layers

class Linear(layers.Layer):
    def __init__(self, units=32, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", trainable=True, name="kernel")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b

    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units})
        return config

class ComputeSum(layers.Layer):
    def __init__(self, input_dim):
        super().__init__()
        self.total = self.add_weight(initializer="zeros", shape=(input_dim,), trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs, axis=0))
        return self.total

class MLPBlock(layers.Layer):
    def __init__(self):
        super().__init__()
        self.linear_1 = Linear(4)
        self.linear_2 = Linear(1)

    def call(self, inputs, training=False):
        x = self.linear_1(inputs)
        x = keras.activations.relu(x)
        self.add_loss(1e-2 * tf.reduce_sum(x))
        return self.linear_2(x)

class NoisyLayer(layers.Layer):
    def call(self, inputs, training=None):
        if training:
            return inputs + 100.0
        return inputs

x = tf.ones((2, 2))
layer = Linear(4)
y = layer(x)
print(y.numpy())
print(layer.get_config())
print(len(layer.weights), [w.name for w in layer.weights], [w.path for w in layer.weights])
my = ComputeSum(2)
print(my(x).numpy(), my(x).numpy(), len(my.non_trainable_weights), my.trainable_weights)
mlp = MLPBlock()
y = mlp(tf.ones((3, 8)))
print("weights:", len(mlp.weights), "trainable:", len(mlp.trainable_weights), mlp.losses)
n = NoisyLayer()
print(n(x, training=True).numpy()[0], n(x).numpy()[0])
new = Linear.from_config(layer.get_config())
print(new.units, new.name == layer.name, new.built, layer.built)
print(layer, repr(mlp), layer.name, mlp.name)
m = keras.Sequential([keras.Input((2,)), Linear(3), layers.ReLU(), Linear(1)])
m.summary()
print([l.name for l in m.layers], m.count_params())
m.compile("sgd", "mse")
h = m.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=2, verbose=0)
print([round(v, 3) for v in h.history["loss"]])
