# The convolutional network as a model of Keras, trained by fit().
import time

import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.rand(1024, 28, 28, 1).astype("float32")
y = np.random.randint(0, 10, 1024)
model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10),
])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, batch_size=64, epochs=1, verbose=0)
start = time.process_time()
model.fit(x, y, batch_size=64, epochs=3, verbose=0)
print(f"step {(time.process_time() - start) / 48 * 1e6:.2f} us")
