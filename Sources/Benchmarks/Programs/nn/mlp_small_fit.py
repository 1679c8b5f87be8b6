# The small perceptron as a model of Keras, trained by fit().
import time

import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.rand(1792, 64).astype("float32")
y = np.random.randint(0, 10, 1792)
model = keras.Sequential([keras.Input((64,)), layers.Dense(32, activation="relu"), layers.Dense(10)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, batch_size=32, epochs=1, verbose=0)
start = time.process_time()
model.fit(x, y, batch_size=32, epochs=20, verbose=0)
print(f"step {(time.process_time() - start) / 20 / 56 * 1e6:.2f} us")
