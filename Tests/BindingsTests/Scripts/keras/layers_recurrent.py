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

x = data(2, 4, 3)
for kind in [layers.SimpleRNN, layers.LSTM, layers.GRU]:
    for seq in [False, True]:
        l = kind(4, return_sequences=seq)
        l(x)
        fill(l)
        show(f"{kind.__name__} {seq}", l(x))
    l = kind(3, return_state=True, go_backwards=True)
    l(x)
    fill(l)
    for part in l(x):
        show("part", part)
g = layers.GRU(3, reset_after=False)
g(x)
fill(g)
show("gru before", g(x))
b = layers.Bidirectional(layers.LSTM(3, return_sequences=True))
b(x)
fill(b)
show("both", b(x))
b = layers.Bidirectional(layers.GRU(3), merge_mode="sum")
b(x)
fill(b)
show("sum", b(x))
l = layers.LSTM(4)
l(x)
print([w.shape for w in l.get_weights()], l.get_weights()[2].tolist())
r = layers.RNN([layers.LSTMCell(3), layers.LSTMCell(2)])
print(r(x).shape, len(r.get_weights()))
h = layers.LSTM(4)
h(x)
fill(h)
show("initial", h(x, initial_state=[data(2, 4), data(2, 4)]))
