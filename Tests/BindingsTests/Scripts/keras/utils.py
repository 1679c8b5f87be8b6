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

print(keras.utils.to_categorical([0, 2, 1]).tolist(), keras.utils.to_categorical([[0], [1]], 3).shape)
print(keras.utils.pad_sequences([[1, 2, 3], [4], []], maxlen=2).tolist())
print(keras.utils.pad_sequences([[1, 2, 3], [4]], padding="post", truncating="post", maxlen=2, value=9).tolist())
from keras.preprocessing.sequence import pad_sequences
print(pad_sequences([[1], [2, 3]]).dtype)
print(np.round(keras.utils.normalize(np.array([[3.0, 4.0]])), 3).tolist())
from keras.models import Sequential
from keras.layers import Dense, Conv2D, MaxPooling2D, Flatten, Dropout
from keras.optimizers import Adam
from keras.callbacks import EarlyStopping
m = Sequential()
m.add(Dense(3, input_shape=(4,), activation="relu"))
m.add(Dense(1))
print(m.count_params(), m.layers[0].name, m.layers[1].name)
c = keras.models.clone_model(m)
print(c.count_params())
w = m.get_weights()
c.set_weights(w)
print(all((a == b).all() for a, b in zip(w, c.get_weights())))
try:
    m.set_weights(w[:1])
except ValueError as e:
    print(type(e).__name__)
try:
    m.get_layer("none")
except ValueError as e:
    print(str(e)[:40])
